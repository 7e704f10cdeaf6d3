namespace Farspan.Amazon;

/// <summary>Which Amazon Connect a client talks to.</summary>
public sealed record ConnectEndpoint
{
    public required string Region { get; init; }

    /// <summary>Another address than the region's, such as an emulator's; null for AWS's own.</summary>
    public Uri? Override { get; init; }

    /// <summary>For one attempt, from sending to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    internal Uri Resolve(string service, string path) =>
        new(Override ?? AwsEndpoint.For(service, Region), path);
}
