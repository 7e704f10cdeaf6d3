namespace Farspan.Network;

/// <summary>Whether those who connect over TLS show a certificate (RFC 8446 §4.3.2).</summary>
public enum SipClientCertificate
{
    /// <summary>Not asked for: carriers that only check ours.</summary>
    None,

    /// <summary>Asked for, and judged if it comes.</summary>
    Optional,

    /// <summary>No certificate, no connection: the nodes among themselves.</summary>
    Required,
}
