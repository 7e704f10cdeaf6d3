using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// A firewall rule of Google's network, for the whole network. Id <c>firewall/allow-health-checks</c>.
/// </summary>
public sealed record GoogleFirewallRule : NetworkElement
{
    public required FilterRule Rule { get; init; }

    /// <summary>Network tags of the instances it is for.</summary>
    public required ImmutableArray<string> TargetTags { get; init; }

    public required bool IsLogged { get; init; }
}
