namespace Farspan.Simulation;

/// <summary>Something that can fail by itself.</summary>
/// <param name="Id">As in the topology, such as <c>tgw/us-east-1</c>: what <c>--fail</c> takes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Region">Where it is; empty: nowhere in particular.</param>
public sealed record Element(string Id, ElementKind Kind, string Region);
