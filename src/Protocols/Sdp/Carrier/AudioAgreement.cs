using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>
/// Reads out of two descriptions, one of which answers the other, what they agreed (RFC 3264 §7). It depends
/// on nothing else, so that a node which takes a call over comes to the same result from the same texts.
/// </summary>
internal sealed class AudioAgreement
{
    private readonly SessionDescription _local;
    private readonly SessionDescription _remote;
    private readonly MediaDescription _localMedia;
    private readonly MediaDescription _remoteMedia;
    private readonly MediaDescription _answer;
    private readonly MediaDescription _offer;

    private AudioAgreement(CarrierExchange exchange, int index)
    {
        _local = exchange.Local;
        _remote = exchange.Remote;
        _localMedia = _local.Media[index];
        _remoteMedia = _remote.Media[index];
        (_offer, _answer) = exchange.IsLocalOffer ? (_localMedia, _remoteMedia) : (_remoteMedia, _localMedia);
    }

    /// <summary>The first m=audio line that both enable; -1 if there is none.</summary>
    public static int FindAudio(SessionDescription offer, SessionDescription answer)
    {
        for (var i = 0; i < Math.Min(offer.Media.Length, answer.Media.Length); i++)
        {
            if (offer.Media[i] is { IsAudio: true, IsRejected: false }
                && answer.Media[i] is { IsAudio: true, IsRejected: false })
            {
                return i;
            }
        }

        return -1;
    }

    public static NegotiationFailure Conclude(CarrierExchange exchange, out NegotiatedAudio? audio)
    {
        audio = null;
        if (exchange.Local.Media.Length != exchange.Remote.Media.Length)
        {
            return NegotiationFailure.MalformedAnswer;
        }

        var index = FindAudio(exchange.Local, exchange.Remote);
        return index < 0
            ? NegotiationFailure.NoAudio
            : new AudioAgreement(exchange, index).Conclude(out audio);
    }

    private NegotiationFailure Conclude(out NegotiatedAudio? audio)
    {
        audio = null;
        if (FindCodec() is not { } codec)
        {
            return NegotiationFailure.NoCommonCodec;
        }

        var isMultiplexed = _localMedia.RtcpMux && _remoteMedia.RtcpMux;
        if (!TryGetRemote(isMultiplexed, out var rtp, out var rtcp))
        {
            return NegotiationFailure.UnusableAddress;
        }

        if (!TryMatchCryptos(out var localCrypto, out var remoteCrypto))
        {
            return NegotiationFailure.MalformedAnswer;
        }

        audio = new NegotiatedAudio
        {
            Codec = codec.Codec,
            PayloadType = codec.Remote.PayloadType,
            ReceivePayloadType = codec.Local.PayloadType,
            TelephoneEvent = FindTelephoneEvent(codec.Local.ClockRateHz),
            ComfortNoisePayloadType = FindComfortNoise(codec.Local.ClockRateHz),
            PacketTime = PacketTimes.Choose(_localMedia, _remoteMedia, codec.Codec),
            RemoteRtp = rtp,
            RemoteRtcp = rtcp,
            IsRtcpMultiplexed = isMultiplexed,
            Direction = OfferDirection.Of(_local, _localMedia)
                .Intersect(OfferDirection.Of(_remote, _remoteMedia).Reverse()),
            LocalCrypto = localCrypto,
            RemoteCrypto = remoteCrypto,
        };
        return NegotiationFailure.None;
    }

    // RFC 3264 §7: the first format of the answer is the one to use.
    private (AudioCodec Codec, RtpMap Local, RtpMap Remote)? FindCodec()
    {
        foreach (var answered in _answer.KnownFormats())
        {
            if (CodecFormats.FindCodec(answered) is { } codec
                && CodecFormats.Find(_offer, codec) is { } offered)
            {
                var isLocalOffer = ReferenceEquals(_offer, _localMedia);
                return isLocalOffer ? (codec, offered, answered) : (codec, answered, offered);
            }
        }

        return null;
    }

    private TelephoneEventFormat? FindTelephoneEvent(int codecClockRateHz) =>
        FindTelephoneEventAt(codecClockRateHz) ?? FindTelephoneEventAt(CodecFormats.NarrowClockRateHz);

    private TelephoneEventFormat? FindTelephoneEventAt(int clockRateHz)
    {
        var local = CodecFormats.Find(_localMedia, CodecFormats.TelephoneEvent, clockRateHz);
        var remote = CodecFormats.Find(_remoteMedia, CodecFormats.TelephoneEvent, clockRateHz);
        return local is null || remote is null
            ? null
            : new TelephoneEventFormat(remote.PayloadType, local.PayloadType, clockRateHz);
    }

    private int? FindComfortNoise(int clockRateHz)
    {
        var local = CodecFormats.Find(_localMedia, CodecFormats.ComfortNoise, clockRateHz);
        var remote = CodecFormats.Find(_remoteMedia, CodecFormats.ComfortNoise, clockRateHz);
        return local?.PayloadType == remote?.PayloadType ? local?.PayloadType : null;
    }

    private bool TryGetRemote(bool isMultiplexed, out TransportAddress rtp, out TransportAddress rtcp)
    {
        rtp = rtcp = default;
        var connection = _remote.ConnectionOf(_remoteMedia);
        if (connection is null || !connection.TryGetAddress(_remoteMedia.Port, out rtp))
        {
            return false;
        }

        var rtcpPort = Math.Min(_remoteMedia.RtcpPort ?? _remoteMedia.Port + 1, ushort.MaxValue);
        var rtcpConnection = _remoteMedia.RtcpConnection ?? connection;
        if (isMultiplexed || !rtcpConnection.TryGetAddress(rtcpPort, out rtcp))
        {
            rtcp = isMultiplexed ? rtp : rtp.WithPort((ushort)rtcpPort);
        }

        return true;
    }

    // RFC 4568 §7.1.3: the answer has one line, with the tag and the suite of one offered line.
    private bool TryMatchCryptos(out CryptoAttribute? local, out CryptoAttribute? remote)
    {
        local = remote = null;
        if (_answer.Cryptos.IsEmpty)
        {
            return !MediaProtocol.IsSdesSrtp(_answer.Protocol);
        }

        var answered = _answer.Cryptos[0];
        var offered = _offer.Cryptos.FirstOrDefault(
            crypto => crypto.Tag == answered.Tag && crypto.Suite == answered.Suite);
        (local, remote) = ReferenceEquals(_offer, _localMedia) ? (offered, answered) : (answered, offered);
        return offered is not null && answered.IsUsable;
    }
}
