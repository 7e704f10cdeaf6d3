using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>
/// The attributes of ICE (RFC 8839 §5.4) and DTLS (RFC 8842 §5) that may stand at the session or at a media
/// description; a media description's own value wins.
/// </summary>
public sealed record TransportAttributes
{
    public static TransportAttributes Empty { get; } = new();

    public string? IceUfrag { get; init; }

    public Redacted<string>? IcePassword { get; init; }

    /// <summary>Option tags such as <c>trickle</c> or <c>ice2</c>, separated by spaces.</summary>
    public string? IceOptions { get; init; }

    public ImmutableArray<Fingerprint> Fingerprints { get; init; } = [];

    public SetupRole? Setup { get; init; }

    /// <summary>These attributes, with those of the session where they are missing.</summary>
    public TransportAttributes Inherit(TransportAttributes session) => new()
    {
        IceUfrag = IceUfrag ?? session.IceUfrag,
        IcePassword = IcePassword ?? session.IcePassword,
        IceOptions = IceOptions ?? session.IceOptions,
        Fingerprints = Fingerprints.IsEmpty ? session.Fingerprints : Fingerprints,
        Setup = Setup ?? session.Setup,
    };
}
