namespace Farspan.Topology;

/// <summary>One end of a BGP session.</summary>
public sealed record BgpEnd
{
    /// <summary>
    /// The id of the speaker: a Cloud Router, a partner transport, a colo router, a Direct Connect gateway
    /// or a
    /// transit gateway.
    /// </summary>
    public required string Speaker { get; init; }

    /// <summary>Null: the speaker has none.</summary>
    public required uint? Asn { get; init; }

    /// <summary>
    /// What the other end is told to expect as this end's number; as <see cref="Asn"/> in a sound network.
    /// </summary>
    public required uint? ExpectedAsn { get; init; }

    /// <summary>Null where the provider keeps it to itself.</summary>
    public required InterfaceAddress? Address { get; init; }

    public required TimeSpan Keepalive { get; init; }

    public required TimeSpan Hold { get; init; }

    /// <summary>Null: this end does not run BFD.</summary>
    public required BfdEnd? Bfd { get; init; }

    /// <summary>How long routes outlive the session (RFC 4724 §4.2); null: no graceful restart.</summary>
    public required TimeSpan? GracefulRestart { get; init; }
}
