using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>An element of the network and its values.</summary>
/// <param name="Element">The element.</param>
/// <param name="Values">In the order of the table's keys.</param>
public sealed record ListedElement(NetworkElement Element, ImmutableArray<ListedValue> Values);
