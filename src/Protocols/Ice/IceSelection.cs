using Farspan.Kernel;

namespace Farspan.Ice;

/// <summary>The pair that media uses (RFC 8445 §8.1).</summary>
/// <param name="BaseId">The owner's number for the socket or allocation to send from.</param>
/// <param name="Local">Our address as the peer sees it.</param>
/// <param name="Remote">Where to send to.</param>
/// <param name="LocalKind">What kind of candidate our side is.</param>
/// <param name="RemoteKind">What kind of candidate the peer's side is.</param>
/// <param name="IsNominated">False while it is only the best that works so far.</param>
public readonly record struct IceSelection(
    int BaseId,
    TransportAddress Local,
    TransportAddress Remote,
    IceCandidateKind LocalKind,
    IceCandidateKind RemoteKind,
    bool IsNominated);
