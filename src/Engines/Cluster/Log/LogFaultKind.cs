namespace Farspan.Cluster;

/// <summary>Why a change of the configuration was not taken.</summary>
public enum LogFaultKind
{
    /// <summary>Its timestamp is too far ahead of our clock; it is taken once our clock is near.</summary>
    TimestampAhead,

    /// <summary>Our own clock fell behind what it said before; it has to be set.</summary>
    OwnClockBehind,

    /// <summary>A name, key, value, sequence or timestamp is empty, too long or out of range.</summary>
    Malformed,

    /// <summary>Too many keys, writers, changes or edits.</summary>
    LimitReached,

    /// <summary>Another change has the same writer and sequence.</summary>
    Forked,

    /// <summary>The whole would not be valid with it.</summary>
    Invalid,
}
