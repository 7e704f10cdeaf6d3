using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Farspan.Audio;

namespace Farspan.Media.Tests;

/// <summary>The pure codecs, and in the place of Opus 16-bit samples as they are: what goes in comes out.</summary>
internal sealed class LinearCodecs : IAudioCodecFactory
{
    // Of audio in linear form the shortest frame is longer; measurements must not see the recording.
    private const int LongestRecorded = 100;

    private readonly PureAudioCodecFactory _others = new();

    /// <summary>The payloads that Opus decoders were given.</summary>
    public List<byte[]> Decoded { get; } = [];

    /// <summary>Codecs made and not disposed of yet.</summary>
    public int Alive { get; private set; }

    public bool Supports(AudioCodec codec, int sampleRateHz) =>
        codec == AudioCodec.Opus || _others.Supports(codec, sampleRateHz);

    public bool TryCreateEncoder(AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioEncoder? encoder)
    {
        encoder = null;
        if (codec == AudioCodec.Opus || _others.TryCreateEncoder(codec, sampleRateHz, out encoder))
        {
            encoder = new Encoder(this, encoder, sampleRateHz);
        }

        return encoder is not null;
    }

    public bool TryCreateDecoder(AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioDecoder? decoder)
    {
        decoder = null;
        if (codec == AudioCodec.Opus || _others.TryCreateDecoder(codec, sampleRateHz, out decoder))
        {
            decoder = new Decoder(this, decoder, sampleRateHz);
        }

        return decoder is not null;
    }

    private sealed class Encoder : IAudioEncoder
    {
        private readonly LinearCodecs _owner;
        private readonly IAudioEncoder? _codec;

        public Encoder(LinearCodecs owner, IAudioEncoder? codec, int sampleRateHz)
        {
            (_owner, _codec, SampleRateHz) = (owner, codec, sampleRateHz);
            owner.Alive++;
        }

        public int SampleRateHz { get; }

        public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
        {
            if (_codec is not null)
            {
                return _codec.Encode(pcm, payload);
            }

            for (var i = 0; i < pcm.Length; i++)
            {
                BinaryPrimitives.WriteInt16BigEndian(payload[(2 * i)..], pcm[i]);
            }

            return 2 * pcm.Length;
        }

        public void Dispose() => _owner.Alive--;
    }

    private sealed class Decoder : IAudioDecoder
    {
        private readonly LinearCodecs _owner;
        private readonly IAudioDecoder? _codec;
        private readonly WaveformConcealer _concealer;

        public Decoder(LinearCodecs owner, IAudioDecoder? codec, int sampleRateHz)
        {
            (_owner, _codec, SampleRateHz) = (owner, codec, sampleRateHz);
            _concealer = new WaveformConcealer(sampleRateHz);
            owner.Alive++;
        }

        public int SampleRateHz { get; }

        public int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
        {
            if (_codec is not null)
            {
                return _codec.Decode(payload, pcm);
            }

            if (payload.Length <= LongestRecorded)
            {
                _owner.Decoded.Add(payload.ToArray());
            }

            for (var i = 0; i < payload.Length / 2; i++)
            {
                pcm[i] = BinaryPrimitives.ReadInt16BigEndian(payload[(2 * i)..]);
            }

            _concealer.Accept(pcm[..(payload.Length / 2)]);
            return payload.Length / 2;
        }

        public int Conceal(Span<short> pcm)
        {
            if (_codec is not null)
            {
                return _codec.Conceal(pcm);
            }

            _concealer.Conceal(pcm);
            return pcm.Length;
        }

        public void Dispose() => _owner.Alive--;
    }
}
