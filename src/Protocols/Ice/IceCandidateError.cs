namespace Farspan.Ice;

/// <summary>
/// Why a candidate line gives no candidate; all but the first are to be skipped in silence (RFC 8839 §5.1).
/// </summary>
public enum IceCandidateError
{
    None,
    Malformed,

    /// <summary>TCP or something newer: we check over UDP only.</summary>
    OtherTransport,

    /// <summary>RTCP of a peer that does not multiplex.</summary>
    OtherComponent,

    /// <summary>
    /// A host name, such as the <c>.local</c> names of browsers; found later as peer-reflexive.
    /// </summary>
    HostName,

    /// <summary>A type that we do not know.</summary>
    OtherKind,
}
