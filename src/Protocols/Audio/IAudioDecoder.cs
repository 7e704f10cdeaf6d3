namespace Farspan.Audio;

/// <summary>
/// Turns the payloads of one call leg into PCM. Keeps state between frames; one owner; allocates nothing a
/// frame and never throws for a payload.
/// </summary>
public interface IAudioDecoder : IDisposable
{
    /// <summary>The rate of the PCM it gives.</summary>
    int SampleRateHz { get; }

    /// <summary>Decodes one payload and returns its samples; 0 if it is malformed or does not fit.</summary>
    int Decode(ReadOnlySpan<byte> payload, Span<short> pcm);

    /// <summary>
    /// Fills the span with a guess of what a lost frame held and returns its samples; 0 if no guess of that
    /// length can be made.
    /// </summary>
    int Conceal(Span<short> pcm);

    /// <summary>
    /// Fills the span with a lost frame as far as the payload that followed it tells (Opus in-band FEC, RFC
    /// 6716 §2.1.7); a codec without such a thing conceals. The next payload must still be decoded
    /// afterwards.
    /// </summary>
    int Recover(ReadOnlySpan<byte> nextPayload, Span<short> pcm) => Conceal(pcm);
}
