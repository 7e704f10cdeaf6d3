namespace Farspan.Topology;

/// <summary>A queue.</summary>
/// <param name="Name">Of the queue.</param>
/// <param name="Hours">The name of its hours.</param>
/// <param name="ContactsMax">Callers that may wait; null: no limit of its own.</param>
/// <param name="Agents">Who serve it in the busiest hour.</param>
public sealed record ConnectQueue(string Name, string Hours, int? ContactsMax, int Agents);
