using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Bench;

/// <summary>The codecs of one call: G.711 to Opus towards Connect, and Opus to G.711 back.</summary>
internal sealed class OpusCall : IDisposable
{
    public const int FrameSamples = SpeechSample.SampleRateHz / 50;

    private readonly IAudioDecoder _fromCarrier;
    private readonly IAudioEncoder _toContact;
    private readonly IAudioDecoder _fromContact;
    private readonly IAudioEncoder _toCarrier;

    public OpusCall(IAudioCodecFactory codecs)
    {
        Invariant.Require(
            codecs.TryCreateDecoder(AudioCodec.Pcmu, SpeechSample.SampleRateHz, out var fromCarrier)
            & codecs.TryCreateEncoder(AudioCodec.Opus, SpeechSample.SampleRateHz, out var toContact)
            & codecs.TryCreateDecoder(AudioCodec.Opus, SpeechSample.SampleRateHz, out var fromContact)
            & codecs.TryCreateEncoder(AudioCodec.Pcmu, SpeechSample.SampleRateHz, out var toCarrier));
        (_fromCarrier, _toContact) = (fromCarrier!, toContact!);
        (_fromContact, _toCarrier) = (fromContact!, toCarrier!);
    }

    /// <summary>
    /// 20 ms of both directions; the contact echoes. Returns the bytes of the Opus payload.
    /// </summary>
    public int Carry(ReadOnlySpan<byte> fromCarrier)
    {
        Span<short> pcm = stackalloc short[FrameSamples];
        Span<byte> payload = stackalloc byte[AudioLimits.MaxPayloadBytes];
        Span<byte> toCarrier = stackalloc byte[FrameSamples];
        var samples = _fromCarrier.Decode(fromCarrier, pcm);
        var length = _toContact.Encode(pcm[..samples], payload);
        samples = _fromContact.Decode(payload[..length], pcm);
        var isWhole = _toCarrier.Encode(pcm[..samples], toCarrier) == FrameSamples;
        return isWhole ? length : throw new InvalidOperationException("a frame was lost");
    }

    public void Dispose()
    {
        _fromCarrier.Dispose();
        _toContact.Dispose();
        _fromContact.Dispose();
        _toCarrier.Dispose();
    }
}
