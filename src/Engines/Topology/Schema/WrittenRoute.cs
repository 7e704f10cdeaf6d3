using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A route as it is written: where it leads may be left to the instance.</summary>
internal sealed record WrittenRoute(string? Name, WrittenMatch Match, WrittenTarget Target);

/// <summary>The conditions of a route.</summary>
internal sealed record WrittenMatch(
    string? Called, string? Calling, string? Trunk, ImmutableArray<KeyValuePair<string, string>> Headers)
{
    /// <summary>Whether every call meets them.</summary>
    public bool TakesEveryCall =>
        Headers.Length == 0 && Trunk is null && Called is (null or "*") && Calling is (null or "*");
}

/// <summary>Where a route leads, as far as it says so.</summary>
internal sealed record WrittenTarget(
    string? Instance,
    string? ContactFlowId,
    string DisplayName,
    ImmutableArray<KeyValuePair<string, string>> Attributes,
    Reading Reading);
