using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;

namespace Farspan.Runtime.Tests;

/// <summary>A phone on a media worker: sends a tone sequence as PCMU and listens for one.</summary>
internal sealed class CallerSession(TransportAddress to, int tone, int expected) : IMediaSession
{
    private readonly ToneSequenceGenerator _generator = new(tone, 8_000);
    private readonly ToneSequenceRecognizer _recognizer = new(8_000);
    private readonly Outbox<ToneSequenceHeard> _heard = new();
    private readonly short[] _pcm = new short[1_500];
    private ushort _sequence;

    public ManualResetEventSlim Heard { get; } = new();

    public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
    {
        if (!RtcpMux.IsRtcp(datagram.Bytes) && RtpPacketView.TryDecode(datagram.Bytes, out var packet, out _))
        {
            G711.DecodeMuLaw(packet.Payload, _pcm);
            _recognizer.Accept(_pcm.AsSpan(0, packet.Payload.Length), _heard);
            if (_heard.Drain().Any(heard => heard.Code == expected))
            {
                Heard.Set();
            }
        }
    }

    public void Tick(Instant due, Instant now, MediaOutput output)
    {
        var frame = _pcm.AsSpan(0, 160);
        _generator.Generate(frame);
        var packet = output.Reserve();
        new RtpHeader(0, false, _sequence, (uint)(_sequence * 160), 0xCAFE).Encode(packet);
        G711.EncodeMuLaw(frame, packet[RtpHeader.Bytes..]);
        _sequence++;
        output.Commit(0, to, RtpHeader.Bytes + frame.Length);
    }

    public void Handle(object message, Instant now, MediaOutput output)
    {
        // Nobody posts to a phone.
    }
}
