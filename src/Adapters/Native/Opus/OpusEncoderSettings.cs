namespace Farspan.Native;

/// <summary>
/// How an <see cref="OpusEncoder"/> works; what the answer's fmtp may ask for is in RFC 7587 §6.1.
/// </summary>
public sealed record OpusEncoderSettings
{
    /// <summary>
    /// The rate of the PCM: 8, 12, 16, 24 or 48 kHz. Take that of the carrier leg: then nothing is resampled.
    /// </summary>
    public int SampleRateHz { get; init; } = 8_000;

    /// <summary>Null chooses by the sample rate: 16 kbit/s at 8 kHz, 24 at up to 16, 32 above.</summary>
    public int? BitrateBitsPerSecond { get; init; }

    /// <summary>0 to 10; 5 is where speech stops to gain and the processor to be spared.</summary>
    public int Complexity { get; init; } = 5;

    /// <summary>
    /// Adds a coarse copy of each frame to the next, if the peer said useinbandfec=1 and loss is expected.
    /// </summary>
    public bool UsesInbandFec { get; init; }

    /// <summary>What the encoder prepares for; 0 to 100. In-band FEC needs more than 0.</summary>
    public int ExpectedLossPercent { get; init; }

    /// <summary>
    /// Whether frames build on those before them. Without, they are coarser, and a decoder that comes from
    /// another stream follows at once.
    /// </summary>
    public bool UsesPrediction { get; init; } = true;

    internal int EffectiveBitrate => BitrateBitsPerSecond ?? SampleRateHz switch
    {
        <= 8_000 => 16_000,
        <= 16_000 => 24_000,
        _ => 32_000,
    };
}
