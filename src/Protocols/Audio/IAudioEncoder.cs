namespace Farspan.Audio;

/// <summary>
/// Turns the PCM of one call leg into payloads. Keeps state between frames; one owner; allocates nothing a
/// frame.
/// </summary>
public interface IAudioEncoder : IDisposable
{
    /// <summary>The rate of the PCM it takes.</summary>
    int SampleRateHz { get; }

    /// <summary>
    /// Encodes one frame and returns the bytes of its payload; 0 if the frame has a length the codec does not
    /// know or the payload does not fit.
    /// </summary>
    int Encode(ReadOnlySpan<short> pcm, Span<byte> payload);
}
