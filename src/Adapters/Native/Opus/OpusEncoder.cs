using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>Opus through libopus (RFC 6716): mono, for voice, without discontinuous transmission.</summary>
/// <remarks>
/// Frames of 2.5, 5, 10, 20, 40 or 60 ms. DTX stays off: a bridge that falls silent looks dead to monitors.
/// </remarks>
public sealed class OpusEncoder : IAudioEncoder
{
    private const int Mono = 1;
    private const int VoiceApplication = 2_048;

    private readonly OpusEncoderHandle _handle;

    /// <summary>
    /// Requires <see cref="OpusLibrary.IsAvailable"/> and settings within their documented ranges.
    /// </summary>
    public OpusEncoder(OpusEncoderSettings settings)
    {
        Invariant.Require(OpusLibrary.IsAvailable);
        SampleRateHz = settings.SampleRateHz;
        _handle = OpusLibrary.CreateEncoder(SampleRateHz, Mono, VoiceApplication, out var error);
        Invariant.Require(error == OpusLibrary.Ok);
        Set(OpusRequest.SetBitrate, settings.EffectiveBitrate);
        Set(OpusRequest.SetComplexity, settings.Complexity);
        Set(OpusRequest.SetInbandFec, settings.UsesInbandFec ? 1 : 0);
        Set(OpusRequest.SetDtx, 0);
        Set(OpusRequest.SetPredictionDisabled, settings.UsesPrediction ? 0 : 1);
        ExpectLoss(settings.ExpectedLossPercent);
    }

    public int SampleRateHz { get; }

    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        var room = Math.Min(payload.Length, AudioLimits.MaxPayloadBytes);
        return Math.Max(OpusLibrary.Encode(_handle, pcm, pcm.Length, payload, room), 0);
    }

    /// <summary>Follows the loss that the peer's receiver reports tell, 0 to 100 %.</summary>
    public void ExpectLoss(int percent) => Set(OpusRequest.SetPacketLossPercent, percent);

    public void Dispose() => _handle.Dispose();

    private void Set(OpusRequest request, int value) =>
        Invariant.Require(OpusLibrary.ControlEncoder(_handle, request, value) == OpusLibrary.Ok);
}
