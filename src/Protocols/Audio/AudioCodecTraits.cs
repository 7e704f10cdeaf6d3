using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// What is fixed about each codec by its RTP payload format (RFC 3551 §6 table 4, RFC 7587 §4.1).
/// </summary>
public static class AudioCodecTraits
{
    /// <summary>
    /// The rate at which the RTP timestamp advances. For G.722 it is 8000 although the audio is 16 kHz: an
    /// error of RFC 1890 that was kept for compatibility (RFC 3551 §4.5.2). A 20 ms frame of it advances the
    /// timestamp by 160.
    /// </summary>
    public static int RtpClockRateHz(this AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu or AudioCodec.Pcma or AudioCodec.G722 => 8_000,
        AudioCodec.Opus => 48_000,
        _ => throw Invariant.Unreachable(codec),
    };

    /// <summary>
    /// The sample rate at which the codec carries everything it can (Opus: at most, it takes lower ones too).
    /// </summary>
    public static int NativeSampleRateHz(this AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu or AudioCodec.Pcma => 8_000,
        AudioCodec.G722 => 16_000,
        AudioCodec.Opus => 48_000,
        _ => throw Invariant.Unreachable(codec),
    };
}
