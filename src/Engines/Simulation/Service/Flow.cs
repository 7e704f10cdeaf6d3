using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>The packets between an edge site and a connector site, both ways.</summary>
/// <param name="Edge">The number of the edge site.</param>
/// <param name="Connector">The number of the connector site.</param>
/// <param name="Forward">From the edges to the connectors.</param>
/// <param name="Return">From the connectors to the edges.</param>
public sealed record Flow(int Edge, int Connector, FlowDirection Forward, FlowDirection Return);

/// <summary>One direction of a <see cref="Flow"/>.</summary>
/// <param name="From">The table in which packets are looked up first.</param>
/// <param name="Covering">The prefixes that hold the destination, the longest first.</param>
public sealed record FlowDirection(int From, ImmutableArray<int> Covering);
