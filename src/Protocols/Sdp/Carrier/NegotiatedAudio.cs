using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>
/// What an offer and its answer agreed about a call leg's audio: all the media path needs to know.
/// </summary>
public sealed record NegotiatedAudio
{
    public required AudioCodec Codec { get; init; }

    /// <summary>What we send; the peer's number for the codec.</summary>
    public required int PayloadType { get; init; }

    /// <summary>What the peer sends; our number for the codec (RFC 3264 §5.1).</summary>
    public required int ReceivePayloadType { get; init; }

    /// <summary>Null: no DTMF in RTP.</summary>
    public TelephoneEventFormat? TelephoneEvent { get; init; }

    /// <summary>The payload type of RFC 3389 comfort noise, the same both ways; null: none.</summary>
    public int? ComfortNoisePayloadType { get; init; }

    /// <summary>Audio in each packet we send: 10 to 60 ms, a length the codec has.</summary>
    public required TimeSpan PacketTime { get; init; }

    /// <summary>Where we send RTP; the address is unspecified while an RFC 2543 device holds us.</summary>
    public required TransportAddress RemoteRtp { get; init; }

    /// <summary>Where we send RTCP; equal to <see cref="RemoteRtp"/> when multiplexed.</summary>
    public required TransportAddress RemoteRtcp { get; init; }

    public required bool IsRtcpMultiplexed { get; init; }

    /// <summary>Seen from our side.</summary>
    public required Direction Direction { get; init; }

    /// <summary>
    /// The key we send with; null: plain RTP. Present exactly if <see cref="RemoteCrypto"/> is.
    /// </summary>
    public CryptoAttribute? LocalCrypto { get; init; }

    /// <summary>The key the peer sends with.</summary>
    public CryptoAttribute? RemoteCrypto { get; init; }

    public bool IsEncrypted => LocalCrypto is not null;

    /// <summary>True if the peer does not want to hear us: the caller is on hold.</summary>
    public bool IsHeldByPeer => !Direction.Sends();
}
