using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>How codecs and events appear in a=rtpmap, and the payload types our offers give them.</summary>
internal static class CodecFormats
{
    public const string TelephoneEvent = "telephone-event";
    public const string ComfortNoise = "CN";
    public const int ComfortNoisePayloadType = 13;
    public const int NarrowClockRateHz = 8000;
    public const int OpusClockRateHz = 48000;

    /// <summary>The sixteen digits and flash (RFC 4733 §3.2).</summary>
    public const string EventRange = "0-16";

    /// <summary>What Amazon's and browsers' endpoints say too (RFC 7587 §6.1).</summary>
    public const string OpusParameters = "minptime=10;useinbandfec=1";

    private const int OpusPayloadType = 111;
    private const int NarrowEventPayloadType = 101;
    private const int OpusEventPayloadType = 110;

    public static RtpMap ToRtpMap(AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu => new RtpMap(0, "PCMU", NarrowClockRateHz),
        AudioCodec.Pcma => new RtpMap(8, "PCMA", NarrowClockRateHz),
        AudioCodec.G722 => new RtpMap(9, "G722", NarrowClockRateHz),
        AudioCodec.Opus => new RtpMap(OpusPayloadType, "opus", OpusClockRateHz, Channels: 2),
        _ => throw Invariant.Unreachable(codec),
    };

    public static RtpMap EventMap(int clockRateHz) => new(
        clockRateHz == OpusClockRateHz
            ? OpusEventPayloadType
            : NarrowEventPayloadType, TelephoneEvent, clockRateHz);

    public static RtpMap ComfortNoiseMap { get; } =
        new(ComfortNoisePayloadType, ComfortNoise, NarrowClockRateHz);

    /// <summary>RFC 7587 §7 says two channels for Opus; one is accepted.</summary>
    public static bool IsCodec(RtpMap map, AudioCodec codec)
    {
        var own = ToRtpMap(codec);
        return map.Is(own.Encoding, own.ClockRateHz) && map.Channels <= own.Channels;
    }

    /// <summary>The most preferred format of a description that is this codec.</summary>
    public static RtpMap? Find(MediaDescription media, AudioCodec codec) =>
        media.KnownFormats().FirstOrDefault(map => IsCodec(map, codec));

    public static RtpMap? Find(MediaDescription media, string encoding, int clockRateHz) =>
        media.KnownFormats().FirstOrDefault(map => map.Is(encoding, clockRateHz));

    public static AudioCodec? FindCodec(RtpMap map)
    {
        foreach (var codec in Enum.GetValues<AudioCodec>())
        {
            if (IsCodec(map, codec))
            {
                return codec;
            }
        }

        return null;
    }
}
