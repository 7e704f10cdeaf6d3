using System.Net;

namespace Farspan.Topology;

/// <summary>A VPC, in which connectors run. Id <c>vpc/us-east-1</c>.</summary>
public sealed record AwsVpc : NetworkElement
{
    public required string AwsRegion { get; init; }

    public required IPNetwork Range { get; init; }

    public required bool HasFlowLogs { get; init; }
}
