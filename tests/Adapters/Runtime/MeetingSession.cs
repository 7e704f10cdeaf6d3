using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sdp;

namespace Farspan.Runtime.Tests;

/// <summary>A meeting's media server on a media worker: answers an offer, plays a tone sequence and listens for one.</summary>
internal sealed class MeetingSession : IMediaSession
{
    private readonly WebRtcMedia _media;
    private readonly TransportAddress _address;
    private readonly int _expected;
    private readonly ToneSequenceGenerator _generator;
    private readonly ToneSequenceRecognizer _recognizer = new(8_000);
    private readonly Outbox<ToneSequenceHeard> _heard = new();
    private readonly short[] _frame = new short[160];

    public MeetingSession(MediaResources resources, TransportAddress address, Instant now, int tone, int expected)
    {
        _address = address;
        _expected = expected;
        _generator = new ToneSequenceGenerator(tone, 8_000);
        _media = new WebRtcMedia(
            WebRtcRole.Answerer,
            resources,
            new MediaSettings(),
            new RandomSource(3),
            new Outbox<TurnPathNotice>(),
            now);
    }

    public ManualResetEventSlim Answer { get; } = new();

    public ManualResetEventSlim Heard { get; } = new();

    public LocalTransport? Local { get; private set; }

    public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
    {
        _media.Receive(datagram.SocketTag, datagram.From, datagram.Bytes, now, output);
        Take();
    }

    public void Tick(Instant due, Instant now, MediaOutput output)
    {
        _media.Expire(now, output);
        _media.Read(_frame, now);
        _recognizer.Accept(_frame, _heard);
        if (_heard.Drain().Any(heard => heard.Code == _expected))
        {
            Heard.Set();
        }

        _generator.Generate(_frame);
        _media.Write(_frame, now, output);
        Take();
    }

    public void Handle(object message, Instant now, MediaOutput output)
    {
        _media.Gather(null, socketTag: 0, _address, now, output);
        _media.Connect((RemoteTransport)message, now, output);
        Take();
    }

    private void Take()
    {
        for (var i = 0; i < _media.Events.Count; i++)
        {
            if (_media.Events[i] is WebRtcEvent.Gathered gathered)
            {
                Local = gathered.Transport;
                Answer.Set();
            }
        }

        _media.Events.Clear();
    }
}
