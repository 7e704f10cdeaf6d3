namespace Farspan.Audio;

/// <summary>
/// The payload of comfort noise: a level and, optionally, the reflection coefficients of an all-pole spectrum
/// (RFC 3389 §3). Its RTP payload type is 13 at 8 kHz.
/// </summary>
public static class ComfortNoise
{
    private const int LevelMask = 0x7F;
    private const int QuantizerMiddle = 127;
    private const double QuantizerStep = 258.0 / 32_768;

    /// <summary>
    /// Writes the payload and returns its length; coefficients beyond the room or the limit are left out.
    /// </summary>
    /// <param name="minusDbov">The level, 0 to 127.</param>
    /// <param name="reflection">Reflection coefficients between -1 and 1; empty for white noise.</param>
    /// <param name="payload">At least one byte.</param>
    public static int Encode(byte minusDbov, ReadOnlySpan<float> reflection, Span<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return 0;
        }

        payload[0] = Math.Min(minusDbov, (byte)LevelMask);
        var room = Math.Min(payload.Length - 1, AudioLimits.MaxComfortNoiseOrder);
        var order = Math.Min(reflection.Length, room);
        for (var i = 0; i < order; i++)
        {
            var quantized = Math.Round(reflection[i] / QuantizerStep) + QuantizerMiddle;
            payload[i + 1] = (byte)Math.Clamp(quantized, 0, 2 * QuantizerMiddle);
        }

        return order + 1;
    }

    /// <summary>
    /// Reads the payload; false if it is empty. Coefficients beyond the limit or the room are ignored.
    /// </summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> payload, Span<float> reflection, out byte minusDbov, out int order)
    {
        order = 0;
        minusDbov = AudioLevel.Silence;
        if (payload.IsEmpty)
        {
            return false;
        }

        // The top bit must be zero and is ignored, §3.1.
        minusDbov = (byte)(payload[0] & LevelMask);
        order = Math.Min(Math.Min(payload.Length - 1, reflection.Length), AudioLimits.MaxComfortNoiseOrder);
        for (var i = 0; i < order; i++)
        {
            // 255 is not a value of the quantizer, and a coefficient of 1 would not decay.
            var quantized = Math.Min(payload[i + 1], (byte)(2 * QuantizerMiddle));
            reflection[i] = (float)((quantized - QuantizerMiddle) * QuantizerStep);
        }

        return true;
    }
}
