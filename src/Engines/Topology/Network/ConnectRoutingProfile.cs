using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Which queues an agent serves.</summary>
/// <param name="Name">Of the profile.</param>
/// <param name="Queues">Their names, the most important first.</param>
public sealed record ConnectRoutingProfile(string Name, ImmutableArray<string> Queues);
