using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>All elements of one kind.</summary>
/// <param name="Title">Such as "Links".</param>
/// <param name="Keys">The values that each element has.</param>
/// <param name="Elements">In the order of the file.</param>
public sealed record ListedTable(
    string Title, ImmutableArray<string> Keys, ImmutableArray<ListedElement> Elements);
