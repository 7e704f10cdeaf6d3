namespace Farspan.Topology;

/// <summary>A key of a mapping and what is behind it.</summary>
public sealed record ConfigurationEntry(string Key, ConfigurationPlace KeyPlace, ConfigurationNode Value);
