using System.Runtime.CompilerServices;

namespace Farspan.Audio;

/// <summary>
/// ITU-T G.722 at 64 kbit/s (mode 1): 16 kHz PCM is split into two bands, each coded by ADPCM; two samples
/// make a byte.
/// </summary>
/// <remarks>Frames have an even number of samples. A 20 ms frame is 320 samples, 160 bytes and 160 ticks of
/// the RTP clock, see <see cref="AudioCodecTraits.RtpClockRateHz"/>.</remarks>
public sealed class G722Encoder : IAudioEncoder
{
    private const int HigherDecisionLevel = 564;

    private G722Band _lower = G722Band.CreateLower();
    private G722Band _higher = G722Band.CreateHigher();
    private G722Filter _filter;

    public int SampleRateHz => AudioCodec.G722.NativeSampleRateHz();

    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        var bytes = pcm.Length / 2;
        if (pcm.Length % 2 != 0 || payload.Length < bytes)
        {
            return 0;
        }

        for (var i = 0; i < bytes; i++)
        {
            _filter.Push(pcm[2 * i], pcm[(2 * i) + 1]);
            var (even, odd) = _filter.Convolve();
            var lower = EncodeLower((even + odd) >> 14);
            payload[i] = (byte)((EncodeHigher((odd - even) >> 14) << 6) | lower);
        }

        return bytes;
    }

    public void Dispose()
    {
    }

    private int EncodeLower(int sample)
    {
        var error = G722Band.Saturate(sample - _lower.Estimate);
        var code = QuantizeLower(error, _lower.Scale);
        var word = code >> 2;
        _lower.Adapt((_lower.Scale * G722Tables.Qm4[word]) >> 15, G722Tables.LowerScaleSteps[word]);
        return code;
    }

    private int EncodeHigher(int sample)
    {
        var error = G722Band.Saturate(sample - _higher.Estimate);
        var sign = error >> 31;
        var isOuter = (error ^ sign) >= (HigherDecisionLevel * _higher.Scale) >> 12;
        var code = (isOuter ? 0 : 1) | (sign == 0 ? 2 : 0);
        _higher.Adapt((_higher.Scale * G722Tables.Qm2[code]) >> 15, G722Tables.HigherScaleSteps[code]);
        return code;
    }

    // QUANTL. The levels rise, so the search halves: five comparisons instead of up to 29.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int QuantizeLower(int error, int scale)
    {
        var sign = error >> 31;
        var magnitude = error ^ sign;
        var low = 1;
        var high = G722Tables.Q6.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (magnitude < (G722Tables.Q6[middle] * scale) >> 12)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        // The code words: positive levels count down from 61; negative ones from 63, then from 31.
        return sign == 0 ? 62 - low : low <= 2 ? 64 - low : 34 - low;
    }
}
