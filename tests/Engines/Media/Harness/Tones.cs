using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Media.Tests;

/// <summary>What an end of a call says, and whom it hears.</summary>
internal sealed class Tones(int code, int sampleRateHz)
{
    private readonly ToneSequenceGenerator _generator = new(code, sampleRateHz);
    private readonly ToneSequenceRecognizer _recognizer = new(sampleRateHz);
    private readonly Outbox<ToneSequenceHeard> _heard = new();

    /// <summary>Codes heard, in order.</summary>
    public List<int> Heard { get; } = [];

    /// <summary>How loud each frame heard was, dBov.</summary>
    public List<double> Levels { get; } = [];

    public void Play(Span<short> pcm) => _generator.Generate(pcm);

    public void Hear(ReadOnlySpan<short> pcm)
    {
        _recognizer.Accept(pcm, _heard);
        Heard.AddRange(_heard.Drain().Select(heard => heard.Code));
        Levels.Add(AudioLevel.MeasureDbov(pcm));
    }

    public void Forget()
    {
        Heard.Clear();
        Levels.Clear();
    }
}
