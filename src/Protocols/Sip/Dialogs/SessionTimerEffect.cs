namespace Farspan.Sip;

/// <summary>What a <see cref="SessionTimer"/> asks for (RFC 4028 §10).</summary>
public enum SessionTimerEffect
{
    /// <summary>Nothing is due.</summary>
    None,

    /// <summary>Send a refresh: an UPDATE, or a re-INVITE with the same offer.</summary>
    Refresh,

    /// <summary>No refresh came or succeeded: end the session with a BYE.</summary>
    End,
}
