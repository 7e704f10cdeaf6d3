namespace Farspan.Topology;

/// <summary>Whether a carrier that connects over TLS shows a certificate (RFC 8446 §4.3.2).</summary>
public enum ClientCertificatePolicy
{
    None,

    /// <summary>Asked for, and judged if it comes.</summary>
    Optional,

    Required,
}
