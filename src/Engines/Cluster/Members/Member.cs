using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>A node as this one knows it.</summary>
/// <param name="Registration">What it said last.</param>
/// <param name="HeardAt">When, by our clock; of a restored one, estimated by its age.</param>
/// <param name="IsPresent">Whether it has said something lately. Not a verdict on its calls: those are
/// watched by heartbeats and by their media.</param>
public sealed record Member(NodeRegistration Registration, Instant HeardAt, bool IsPresent);
