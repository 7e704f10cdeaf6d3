namespace Farspan.Amazon;

/// <summary>
/// Where the services of a region are (AWS General Reference, "Service endpoints and quotas").
/// </summary>
public static class AwsEndpoint
{
    /// <summary>Such as <c>https://connect.eu-central-1.amazonaws.com/</c>.</summary>
    /// <param name="service">The host's first labels, such as <c>participant.connect</c>.</param>
    /// <param name="region">Also tells the partition.</param>
    public static Uri For(string service, string region) =>
        new($"https://{service}.{region}.{DnsSuffix(region)}/");

    private static string DnsSuffix(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "amazonaws.com.cn",
        _ when region.StartsWith("us-isob-", StringComparison.Ordinal) => "sc2s.sgov.gov",
        _ when region.StartsWith("us-iso-", StringComparison.Ordinal) => "c2s.ic.gov",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "amazonaws.eu",
        _ => "amazonaws.com", // The commercial partition and us-gov.
    };
}
