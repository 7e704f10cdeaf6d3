using Farspan.Cluster;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>What a connector is told of a call that it is to take, or to take over.</summary>
public sealed record InnerInvite
{
    /// <summary>Our id of the call.</summary>
    public required string CallId { get; init; }

    public required string Trunk { get; init; }

    /// <summary>The caller's display name; null: none.</summary>
    public string? CallerName { get; init; }

    /// <summary>The user part of the caller's address; null: withheld.</summary>
    public string? Caller { get; init; }

    public required string Called { get; init; }

    /// <summary>The carrier's own Call-ID.</summary>
    public required string SipCallId { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public CallEpochs Epochs { get; init; }

    /// <summary>Codecs that the carrier has too, keying, packet time.</summary>
    public required CarrierMediaSettings Media { get; init; }

    /// <summary>Our media address that faces the connector.</summary>
    public required LocalMedia Local { get; init; }

    /// <summary>Which way media flows, as the carrier has it.</summary>
    public Direction Direction { get; init; } = Direction.SendReceive;

    /// <summary>Tokens that go along, beside the description.</summary>
    public IReadOnlyList<SipBodyPart> Tokens { get; init; } = [];
}
