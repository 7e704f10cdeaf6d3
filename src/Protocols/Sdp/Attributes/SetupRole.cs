namespace Farspan.Sdp;

/// <summary>Who opens the DTLS association (a=setup, RFC 4145 §4, RFC 8842 §5).</summary>
public enum SetupRole
{
    ActivePassive,
    Active,
    Passive,
    HoldConnection,
}
