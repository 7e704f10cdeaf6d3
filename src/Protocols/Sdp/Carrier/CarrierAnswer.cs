using System.Collections.Immutable;
using Farspan.Audio;

namespace Farspan.Sdp;

/// <summary>Builds the answer to one carrier's offer (RFC 3264 §6).</summary>
internal sealed class CarrierAnswer(CarrierMediaSettings settings, LocalMedia local, SessionDescription offer)
{
    private NegotiationFailure _failure = NegotiationFailure.NoAudio;

    /// <summary>What we let flow, seen from our side.</summary>
    public Direction Wish { get; init; } = Direction.SendReceive;

    public CryptoAttribute? CryptoInUse { get; init; }

    /// <summary>The m= lines of the answer: one audio line accepted, all others refused.</summary>
    public NegotiationFailure Build(ReadOnlySpan<byte> freshKeys, out ImmutableArray<MediaDescription> media)
    {
        media = default;
        var index = ChooseAudio();
        if (index < 0)
        {
            return _failure;
        }

        var chosen = offer.Media[index];
        var answer = Accept(chosen, FindCodec(chosen)!, freshKeys);
        media = [.. offer.Media.Select((line, i) => i == index ? answer : line.Reject())];
        return NegotiationFailure.None;
    }

    // Of several acceptable lines an encrypted one is preferred: devices offer RTP/SAVP beside RTP/AVP.
    private int ChooseAudio()
    {
        var best = -1;
        for (var i = 0; i < offer.Media.Length; i++)
        {
            if (offer.Media[i] is { IsAudio: true, IsRejected: false } && IsAcceptable(offer.Media[i])
                && (best < 0 || (IsEncrypted(offer.Media[i]) && !IsEncrypted(offer.Media[best]))))
            {
                best = i;
            }
        }

        return best;
    }

    private bool IsAcceptable(MediaDescription media)
    {
        var failure = Examine(media);
        _failure = failure == NegotiationFailure.None ? _failure : failure;
        return failure == NegotiationFailure.None;
    }

    private NegotiationFailure Examine(MediaDescription media)
    {
        var isSecure = MediaProtocol.IsSdesSrtp(media.Protocol);
        if (!isSecure && !MediaProtocol.IsRtp(media.Protocol))
        {
            return NegotiationFailure.UnsupportedTransport;
        }

        if (isSecure && settings.Srtp == SrtpPolicy.Forbid)
        {
            return NegotiationFailure.EncryptionForbidden;
        }

        if (CryptoChoice.FindBest(media) is null && (isSecure || settings.Srtp == SrtpPolicy.Require))
        {
            return isSecure ? NegotiationFailure.NoUsableCrypto : NegotiationFailure.EncryptionRequired;
        }

        if (offer.ConnectionOf(media) is not { } connection || !connection.TryGetAddress(media.Port, out _))
        {
            return NegotiationFailure.UnusableAddress;
        }

        return FindCodec(media) is null ? NegotiationFailure.NoCommonCodec : NegotiationFailure.None;
    }

    // RFC 8643: keys in an RTP/AVP offer are an invitation.
    private bool IsEncrypted(MediaDescription media) =>
        settings.Srtp != SrtpPolicy.Forbid && CryptoChoice.FindBest(media) is not null;

    private RtpMap? FindCodec(MediaDescription media)
    {
        foreach (var codec in settings.Codecs)
        {
            if (CodecFormats.Find(media, codec) is { } map)
            {
                return map;
            }
        }

        return null;
    }

    private MediaDescription Accept(MediaDescription offered, RtpMap codec, ReadOnlySpan<byte> freshKeys)
    {
        var formats = ChooseFormats(offered, codec);
        var isMultiplexed = settings.RtcpMux && offered.RtcpMux;
        return new MediaDescription
        {
            Media = offered.Media,
            Port = local.RtpPort,
            Protocol = offered.Protocol,
            Formats = [.. formats.Select(map => $"{map.PayloadType}")],
            Mid = offered.Mid,
            RtpMaps = formats,
            FormatParameters = FormatParameters.Of(formats),
            PacketTime = AnsweredPacketTime(offered, codec),
            Direction = OfferDirection.Of(offer, offered).Reverse().Intersect(Wish),
            RtcpMux = isMultiplexed,
            RtcpPort = isMultiplexed || local.RtcpPort == local.RtpPort + 1 ? null : local.RtcpPort,
            Cryptos = IsEncrypted(offered)
                ? [CryptoChoice.Answer(CryptoChoice.FindBest(offered)!, freshKeys, CryptoInUse)]
                : [],
        };
    }

    private ImmutableArray<RtpMap> ChooseFormats(MediaDescription offered, RtpMap codec)
    {
        var formats = ImmutableArray.CreateBuilder<RtpMap>();
        formats.Add(codec);
        if (settings.TelephoneEvents && FindEvents(offered, codec.ClockRateHz) is { } events)
        {
            formats.Add(events);
        }

        if (settings.ComfortNoise
            && CodecFormats.Find(offered, CodecFormats.ComfortNoise, codec.ClockRateHz) is { } noise)
        {
            formats.Add(noise);
        }

        return formats.DrainToImmutable();
    }

    private static RtpMap? FindEvents(MediaDescription offered, int clockRateHz) =>
        CodecFormats.Find(offered, CodecFormats.TelephoneEvent, clockRateHz)
            ?? CodecFormats.Find(offered, CodecFormats.TelephoneEvent, CodecFormats.NarrowClockRateHz);

    private TimeSpan AnsweredPacketTime(MediaDescription offered, RtpMap codec) => PacketTimes.Choose(
        offered with { PacketTime = settings.PacketTime, MaxPacketTime = null },
        offered,
        CodecFormats.FindCodec(codec) ?? AudioCodec.Pcmu);
}
