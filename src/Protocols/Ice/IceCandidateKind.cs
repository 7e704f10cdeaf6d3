namespace Farspan.Ice;

/// <summary>How a candidate's address was learned (RFC 8445 §5.1.1).</summary>
public enum IceCandidateKind
{
    Host,
    ServerReflexive,
    PeerReflexive,
    Relayed,
}
