using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Says since when a stream has been silent: frames below a level, with a hangover so that the pauses between
/// words are not silence. What "no audio from the carrier" alarms and comfort noise decide by.
/// </summary>
public sealed class SilenceDetector
{
    private readonly int _thresholdDbov;
    private readonly TimeSpan _hangover;
    private TimeSpan _quiet;

    /// <param name="thresholdDbov">A frame at or below this level is quiet; -50 is a usual choice.</param>
    /// <param name="hangover">How long it must be quiet to be silent.</param>
    public SilenceDetector(int thresholdDbov, TimeSpan hangover)
    {
        Invariant.Require(thresholdDbov is <= 0 and >= -AudioLevel.Silence);
        _thresholdDbov = thresholdDbov;
        _hangover = hangover;
    }

    /// <summary>How long the stream has been silent, the hangover included; zero while it is not.</summary>
    public TimeSpan SilentFor => _quiet >= _hangover ? _quiet : TimeSpan.Zero;

    /// <summary>Takes the next frame and returns whether the stream is silent.</summary>
    public bool Accept(ReadOnlySpan<short> pcm, int sampleRateHz)
    {
        var isQuiet = AudioLevel.MeasureDbov(pcm) <= _thresholdDbov;
        _quiet = isQuiet ? _quiet + TimeSpan.FromSeconds((double)pcm.Length / sampleRateHz) : TimeSpan.Zero;
        return _quiet >= _hangover;
    }
}
