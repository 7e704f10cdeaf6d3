namespace Farspan.Ice;

/// <summary>What we think of our own relayed candidates.</summary>
public enum IceRelayPolicy
{
    /// <summary>Priorities of RFC 8445 §5.1.2.1 decide: a relay is the last resort.</summary>
    ByPriority,

    /// <summary>A pair through a relay is checked, nominated and used before any other.</summary>
    PreferRelay,

    /// <summary>Local candidates that are not relayed are neither announced nor paired.</summary>
    RelayOnly,
}
