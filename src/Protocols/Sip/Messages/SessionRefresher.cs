namespace Farspan.Sip;

/// <summary>Which side sends the refreshes of a session timer (RFC 4028 §4).</summary>
public enum SessionRefresher : byte
{
    /// <summary>The side whose request this is.</summary>
    Uac,

    /// <summary>The side that answers it.</summary>
    Uas,
}
