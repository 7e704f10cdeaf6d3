namespace Farspan.Audio;

/// <summary>The limits of audio processing: nothing here grows with what a peer sends.</summary>
public static class AudioLimits
{
    /// <summary>
    /// The longest frame of any codec: 120 ms, the longest Opus packet (RFC 6716 §3.4, R5).
    /// </summary>
    public const int MaxFrameMilliseconds = 120;

    /// <summary>The highest sample rate of a frame.</summary>
    public const int MaxSampleRateHz = 48_000;

    /// <summary>
    /// Samples of the longest frame at the highest rate: a buffer of this size takes every decoded payload.
    /// </summary>
    public const int MaxFrameSamples = MaxFrameMilliseconds * MaxSampleRateHz / 1_000;

    /// <summary>
    /// Bytes of the largest payload that an encoder makes (RFC 6716 §3.4, R2).
    /// </summary>
    public const int MaxPayloadBytes = 1_275;

    /// <summary>
    /// Reflection coefficients taken from a comfort-noise payload; RFC 3389 §3.2 leaves the order open.
    /// </summary>
    public const int MaxComfortNoiseOrder = 12;
}
