namespace Farspan.Ice;

/// <summary>Limits of one ICE session, each with its unit (RFC 8445 §6.1.2.5, RFC 8839 §5.4).</summary>
public static class IceLimits
{
    /// <summary>Local candidates of one agent.</summary>
    public const int MaxLocalCandidates = 16;

    /// <summary>
    /// Remote candidates, signalled and peer-reflexive together; what comes after is ignored.
    /// </summary>
    public const int MaxRemoteCandidates = 64;

    /// <summary>Pairs of the checklist (RFC 8445 §6.1.2.5 recommends 100).</summary>
    public const int MaxPairs = 100;

    /// <summary>Checks remembered that came before the peer's description.</summary>
    public const int MaxEarlyChecks = 32;

    /// <summary>Characters of a user name fragment (RFC 8839 §5.4).</summary>
    public const int MinUserNameFragment = 4;

    /// <summary>Characters of a user name fragment, so that two and a colon fit into USERNAME.</summary>
    public const int MaxUserNameFragment = 253;

    /// <summary>Characters of a password (RFC 8839 §5.4).</summary>
    public const int MinPassword = 22;

    /// <summary>Characters of a password.</summary>
    public const int MaxPassword = 256;

    /// <summary>Characters of a foundation (RFC 8839 §5.1).</summary>
    public const int MaxFoundation = 32;

    /// <summary>Characters of one candidate line.</summary>
    public const int MaxCandidateText = 1024;

    /// <summary>A check, whatever the names in it, is shorter than this many bytes.</summary>
    public const int MaxCheckBytes = 768;
}
