using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>
/// The other end of a WebRTC transport, read from its offer or its answer (RFC 8829 §5.8-5.11).
/// </summary>
public sealed record RemoteTransport
{
    private const int MinUfragChars = 4;
    private const int MinPasswordChars = 22;
    private const int MaxCredentialChars = 256;

    public required string IceUfrag { get; init; }

    public required Redacted<string> IcePassword { get; init; }

    /// <summary>Of the other end's DTLS certificate; SHA-256.</summary>
    public required Fingerprint Fingerprint { get; init; }

    public required SetupRole Setup { get; init; }

    public required bool IsIceLite { get; init; }

    /// <summary>
    /// In its order; those of other transports than UDP and of RTCP are left out, names are not.
    /// </summary>
    public required ImmutableArray<IceCandidateAttribute> Candidates { get; init; }

    /// <summary>The other end's number for Opus: what to send.</summary>
    public required int OpusPayloadType { get; init; }

    /// <summary>Null if the other end does not say which source it sends with.</summary>
    public uint? Ssrc { get; init; }

    /// <summary>Seen from the other end.</summary>
    public required Direction Direction { get; init; }

    public static bool TryRead(
        SessionDescription session, [NotNullWhen(true)] out RemoteTransport? transport, out WebRtcFault fault)
    {
        var audio = session.Media.FirstOrDefault(media => media is { IsAudio: true, IsRejected: false });
        transport = null;
        fault = audio is null ? WebRtcFault.NoAudio : Read(session, audio, out transport);
        return transport is not null;
    }

    private static WebRtcFault Read(
        SessionDescription session, MediaDescription audio, out RemoteTransport? transport)
    {
        transport = null;
        var common = TransportWithBundle(session, audio);
        if (!MediaProtocol.IsDtlsSrtp(audio.Protocol))
        {
            return WebRtcFault.UnsupportedTransport;
        }

        if (!audio.RtcpMux)
        {
            return WebRtcFault.NoRtcpMux;
        }

        if (CodecFormats.Find(audio, AudioCodec.Opus) is not { } opus)
        {
            return WebRtcFault.NoOpus;
        }

        if (common.IceUfrag is not { Length: >= MinUfragChars and <= MaxCredentialChars } ufrag
            || common.IcePassword is not { } password
            || password.Reveal().Length is < MinPasswordChars or > MaxCredentialChars)
        {
            return WebRtcFault.NoIceCredentials;
        }

        if (common.Fingerprints.FirstOrDefault(candidate => candidate.IsSha256) is not { } fingerprint)
        {
            return WebRtcFault.NoFingerprint;
        }

        transport = new RemoteTransport
        {
            IceUfrag = ufrag,
            IcePassword = password,
            Fingerprint = fingerprint,
            Setup = common.Setup ?? SetupRole.ActivePassive,
            IsIceLite = session.IceLite,
            Candidates = [.. audio.Candidates.Where(line => line is { IsUdp: true, ComponentId: 1 })],
            OpusPayloadType = opus.PayloadType,
            Ssrc = audio.Ssrcs.IsEmpty ? null : audio.Ssrcs[0].Ssrc,
            Direction = session.DirectionOf(audio),
        };
        return WebRtcFault.None;
    }

    // RFC 9143 §7.3: a bundled m= line may leave the transport to the first one of its group.
    private static TransportAttributes TransportWithBundle(SessionDescription session, MediaDescription audio)
    {
        var own = session.TransportOf(audio);
        if (own.IceUfrag is not null || !session.IsBundled(audio))
        {
            return own;
        }

        var tagged = session.Media.FirstOrDefault(
            media => media.Transport.IceUfrag is not null && session.IsBundled(media));
        return tagged is null ? own : own.Inherit(session.TransportOf(tagged));
    }
}
