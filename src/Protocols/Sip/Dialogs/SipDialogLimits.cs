namespace Farspan.Sip;

/// <summary>What a peer may make us carry in every request of a dialog (RFC 3261 §12.2.1.1).</summary>
public static class SipDialogLimits
{
    /// <summary>Record-Route values; a call that crosses more proxies loops.</summary>
    public const int RoutesMax = 32;

    /// <summary>Characters of a remote target or a route; each may have to be a Request-URI.</summary>
    public const int UriLengthMax = 1_024;

    /// <summary>The highest sequence number that we originate is below this (RFC 3261 §8.1.1.5).</summary>
    public const uint SequenceEnd = 1u << 31;
}
