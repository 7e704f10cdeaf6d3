using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// The network as tables, for <c>farspan show</c>: every element, its values, and which of them are derived.
/// </summary>
public static class NetworkListing
{
    /// <summary>Every table that has elements.</summary>
    public static ImmutableArray<ListedTable> TablesOf(Network network) =>
    [
        .. new[]
            {
                Places.Of(network), LinkTables.Of(network), AwsTables.Of(network), ServiceTables.Of(network),
            }
            .SelectMany(tables => tables)
            .Where(table => table.Elements.Length > 0),
    ];
}
