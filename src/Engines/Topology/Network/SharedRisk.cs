namespace Farspan.Topology;

/// <summary>What several links can lose at once; empty texts: nothing known, nothing shared.</summary>
/// <param name="Metro">The city, such as <c>iad</c>.</param>
/// <param name="Zone">Google's edge availability domain in the metro, such as <c>zone1</c>.</param>
/// <param name="GoogleLocation">The facility on Google's side.</param>
/// <param name="AwsLocation">The Direct Connect location.</param>
/// <param name="AwsDevice">The router of AWS at the location.</param>
/// <param name="Provider">Who runs the fibre or the colo.</param>
public sealed record SharedRisk(
    string Metro, string Zone, string GoogleLocation, string AwsLocation, string AwsDevice, string Provider)
{
    public static SharedRisk None { get; } = new("", "", "", "", "", "");

    /// <summary>The groups that the link is in, as <c>metro/iad</c>; a zone is one of its metro.</summary>
    public IEnumerable<string> Groups =>
        new[]
        {
            ("metro", Metro),
            ("zone", Zone.Length == 0 ? "" : $"{Metro}/{Zone}"),
            ("google-location", GoogleLocation),
            ("aws-location", AwsLocation),
            ("aws-device", AwsDevice.Length == 0 ? "" : $"{AwsLocation}/{AwsDevice}"),
            ("provider", Provider),
        }.Where(group => group.Item2.Length > 0).Select(group => $"{group.Item1}/{group.Item2}");
}
