using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>Somebody, or something, to be heard in a meeting.</summary>
/// <param name="attendeeId">Who must not hear it, since it is themselves; null for what everybody
/// hears.</param>
/// <param name="codecs">Must support Opus.</param>
internal abstract class Talker(string? attendeeId, IAudioCodecFactory codecs) : IDisposable
{
    private readonly short[] _mixFrame = new short[MixInput.FrameSamples];
    private IAudioDecoder? _decoder;
    private Instant? _mixedAt;

    public string? AttendeeId { get; } = attendeeId;

    protected IAudioCodecFactory Codecs => codecs;

    /// <summary>At the rate of mixes; made when first needed.</summary>
    protected IAudioDecoder MixDecoder
    {
        get
        {
            if (_decoder is null)
            {
                Invariant.Require(codecs.TryCreateDecoder(
                    AudioCodec.Opus, MixInput.SampleRateHz, out _decoder));
            }

            return _decoder;
        }
    }

    public abstract bool IsTalking(Instant now);

    /// <summary>What a mix gets from this one for a tick; decoded once, however many hear it.</summary>
    public ReadOnlySpan<short> MixFrame(Instant due)
    {
        if (_mixedAt != due)
        {
            _mixedAt = due;
            FillMixFrame(_mixFrame, due);
        }

        return _mixFrame;
    }

    public virtual void Dispose() => _decoder?.Dispose();

    protected abstract void FillMixFrame(Span<short> frame, Instant due);
}
