namespace Farspan.Sdp;

/// <summary>How a candidate was found (RFC 8445 §5.1.1).</summary>
public enum IceCandidateType
{
    Host,
    ServerReflexive,
    PeerReflexive,
    Relayed,
}
