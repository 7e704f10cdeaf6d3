using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Configuration;

/// <summary>What came of reading a YAML text.</summary>
/// <param name="Root">Null for a text without content, and for one with a fault that leaves nothing to
/// read.</param>
/// <param name="Findings">What is wrong; usually empty.</param>
public sealed record YamlOutcome(ConfigurationNode? Root, ImmutableArray<Finding> Findings)
{
    internal static YamlOutcome Fail(FindingRule rule, ConfigurationPlace place, string what, string fix) =>
        new(null, [new Finding(rule, place, "", what, fix)]);
}
