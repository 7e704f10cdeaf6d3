using System.Collections.Immutable;
using Farspan.Audio;

namespace Farspan.Sdp;

/// <summary>
/// Builds an offer of ours to a carrier: the first one of a call, or a later one (RFC 3264 §5, §8).
/// </summary>
internal sealed class CarrierOffer(CarrierMediaSettings settings, LocalMedia local)
{
    private const int LowestDynamicPayloadType = 96;

    public Direction Wish { get; init; } = Direction.SendReceive;

    /// <summary>The exchange this offer changes; null for the first one.</summary>
    public CarrierExchange? Current { get; init; }

    public NegotiatedAudio? CurrentAudio { get; init; }

    /// <summary>The sending key that may be used again; null: only fresh ones.</summary>
    public CryptoAttribute? CryptoInUse { get; init; }

    /// <summary>As many m= lines as before, in the same order (RFC 3264 §8).</summary>
    public ImmutableArray<MediaDescription> Build(ReadOnlySpan<byte> freshKeys)
    {
        var audio = BuildAudio(freshKeys);
        if (Current is null)
        {
            return [audio];
        }

        var index = AudioAgreement.FindAudio(Current.Local, Current.Remote);
        return [.. Current.Local.Media.Select((line, i) => i == index
            ? audio with { Mid = line.Mid }
            : line.Reject())];
    }

    private MediaDescription BuildAudio(ReadOnlySpan<byte> freshKeys)
    {
        var formats = ListFormats();
        var isEncrypted = CurrentAudio?.IsEncrypted ?? settings.Srtp == SrtpPolicy.Require;
        return new MediaDescription
        {
            Media = "audio",
            Port = local.RtpPort,
            Protocol = ChooseProtocol(isEncrypted),
            Formats = [.. formats.Select(map => $"{map.PayloadType}")],
            RtpMaps = formats,
            FormatParameters = FormatParameters.Of(formats),
            PacketTime = settings.PacketTime,
            Direction = Wish,
            RtcpMux = settings.RtcpMux,
            RtcpPort = local.RtcpPort == local.RtpPort + 1 ? null : local.RtcpPort,
            Cryptos = isEncrypted ? CryptoChoice.Offer(freshKeys, CryptoInUse) : [],
        };
    }

    private string ChooseProtocol(bool isEncrypted)
    {
        var current = Current?.Local.Media.FirstOrDefault(
            media => media is { IsAudio: true, IsRejected: false });
        return current?.Protocol ?? (isEncrypted ? MediaProtocol.Srtp : MediaProtocol.Rtp);
    }

    private ImmutableArray<RtpMap> ListFormats()
    {
        // RFC 3264 §8.3.2: a payload type keeps its meaning for the life of the session.
        var known = KnownMaps();
        var formats = new List<RtpMap>();
        foreach (var codec in OrderedCodecs())
        {
            Add(formats, known, CodecFormats.ToRtpMap(codec));
        }

        var clockRates = formats.Select(map => map.ClockRateHz).Distinct().ToArray();
        if (settings.TelephoneEvents)
        {
            foreach (var clockRateHz in clockRates)
            {
                Add(formats, known, CodecFormats.EventMap(clockRateHz));
            }
        }

        if (settings.ComfortNoise && clockRates.Contains(CodecFormats.NarrowClockRateHz))
        {
            Add(formats, known, CodecFormats.ComfortNoiseMap);
        }

        return [.. formats];
    }

    private IEnumerable<AudioCodec> OrderedCodecs() => CurrentAudio is null
        ? settings.Codecs
        : settings.Codecs.Where(codec => codec != CurrentAudio.Codec).Prepend(CurrentAudio.Codec);

    private List<RtpMap> KnownMaps()
    {
        if (Current is null)
        {
            return [];
        }

        var (local, remote) = (Current.Local, Current.Remote);
        var audio = local.Media.Concat(remote.Media).Where(media => media.IsAudio);
        return [.. audio.SelectMany(media => media.KnownFormats())];
    }

    private static void Add(List<RtpMap> formats, List<RtpMap> known, RtpMap wanted)
    {
        var map = known.FirstOrDefault(
            before => before.Is(wanted.Encoding, wanted.ClockRateHz) && before.Channels <= wanted.Channels);
        map ??= wanted with { PayloadType = FindFree(formats, known, wanted.PayloadType) };
        if (map.PayloadType >= 0)
        {
            formats.Add(map);
        }
    }

    private static int FindFree(List<RtpMap> formats, List<RtpMap> known, int wanted)
    {
        bool IsTaken(int payloadType) =>
            formats.Concat(known).Any(map => map.PayloadType == payloadType);

        if (!IsTaken(wanted))
        {
            return wanted;
        }

        return Enumerable.Range(LowestDynamicPayloadType, 128 - LowestDynamicPayloadType)
            .Where(payloadType => !IsTaken(payloadType))
            .DefaultIfEmpty(-1)
            .First();
    }
}
