namespace Farspan.Topology;

/// <summary>The keys of <c>aws</c>.</summary>
internal static class AwsSchema
{
    public static readonly Setting<string> Account = Setting.Optional(
        "account", ValueKinds.Identifier("an AWS account", "123456789012", "", 12), "that of the credentials",
        "The account.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "AWS: what all regions share.", Account);
}
