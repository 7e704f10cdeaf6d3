using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>
/// Opus through libopus (RFC 6716) to mono PCM at 8, 12, 16, 24 or 48 kHz, whatever the sender's rate and
/// channels.
/// </summary>
public sealed class OpusDecoder : IAudioDecoder
{
    private const int Mono = 1;

    private readonly OpusDecoderHandle _handle;

    /// <summary>Requires <see cref="OpusLibrary.IsAvailable"/>.</summary>
    public OpusDecoder(int sampleRateHz)
    {
        Invariant.Require(OpusLibrary.IsAvailable);
        SampleRateHz = sampleRateHz;
        _handle = OpusLibrary.CreateDecoder(sampleRateHz, Mono, out var error);
        Invariant.Require(error == OpusLibrary.Ok);
    }

    public int SampleRateHz { get; }

    public int Decode(ReadOnlySpan<byte> payload, Span<short> pcm) =>
        payload.IsEmpty || pcm.IsEmpty ? 0 : Decode(payload, pcm, usesFec: 0);

    /// <summary>The span is a multiple of 2.5 ms long and as long as what was lost.</summary>
    public int Conceal(Span<short> pcm) => pcm.IsEmpty ? 0 : Decode([], pcm, usesFec: 0);

    /// <summary>
    /// The span is a multiple of 2.5 ms long and as long as what was lost; without FEC in the payload it
    /// conceals.
    /// </summary>
    public int Recover(ReadOnlySpan<byte> nextPayload, Span<short> pcm) =>
        nextPayload.IsEmpty || pcm.IsEmpty ? Conceal(pcm) : Decode(nextPayload, pcm, usesFec: 1);

    public void Dispose() => _handle.Dispose();

    private int Decode(ReadOnlySpan<byte> payload, Span<short> pcm, int usesFec) =>
        Math.Max(OpusLibrary.Decode(_handle, payload, payload.Length, pcm, pcm.Length, usesFec), 0);
}
