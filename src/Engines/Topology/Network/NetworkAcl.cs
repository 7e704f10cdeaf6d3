using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A network ACL, which is stateless. Id <c>nacl/us-east-1/connector</c>.</summary>
public sealed record NetworkAcl : NetworkElement
{
    public required string Vpc { get; init; }

    public required ImmutableArray<FilterRule> Rules { get; init; }
}
