using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>Our end of a WebRTC transport, as a description announces it.</summary>
public sealed record LocalTransport
{
    /// <summary>The number in the o= line (RFC 8829 §5.2.1).</summary>
    public required ulong SessionId { get; init; }

    public required string IceUfrag { get; init; }

    public required Redacted<string> IcePassword { get; init; }

    public required Fingerprint Fingerprint { get; init; }

    /// <summary>All of them: there is no trickling.</summary>
    public required ImmutableArray<IceCandidateAttribute> Candidates { get; init; }

    /// <summary>The source we send audio with.</summary>
    public required uint Ssrc { get; init; }

    public required string CanonicalName { get; init; }
}
