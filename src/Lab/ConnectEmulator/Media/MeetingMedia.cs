using System.Threading.Channels;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Runtime;
using Farspan.Sdp;
using Farspan.Tones;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The emulator's media plane with real media: each meeting is a session on a media worker with one UDP
/// socket; ICE, DTLS and SRTP end there, and Opus goes on undecoded where it can.
/// </summary>
/// <remarks>
/// <code>
///   emulator ── IMeetingMedia ──► lane: one at a time, in order ── orders ──► media workers
///      ▲                            opens sockets, answers offers                 │
///      │                              │ encodings: a lane beside it               │
///      └── IMeetingMediaEvents ───────┴◄────────────────── reports ───────────────┘
/// </code>
/// Nothing that takes long happens on the emulator's or on a worker's thread: the lanes do it.
/// </remarks>
public sealed class MeetingMedia : IMeetingMedia, IMediaWorkerObserver, IAsyncDisposable
{
    private readonly MeetingMediaSettings _settings;
    private readonly Action<string> _log;
    private readonly MonotonicClock _clock = new();
    private readonly ToneClock _tones;
    private readonly OpusCodecFactory _codecs = new();
    private readonly OpusLoops _loops;
    private readonly LinkBuilder _links;
    private readonly CandidateAddresses _addresses;
    private readonly MediaWorker[] _workers;
    private readonly Dictionary<string, MeetingEntry> _meetings = new(StringComparer.Ordinal);
    private readonly Channel<Action> _lane;
    private readonly Channel<Action> _encodings;
    private readonly Task _running;
    private IMeetingMediaEvents? _events;
    private volatile bool _isClosing;

    /// <summary>Starts the workers.</summary>
    /// <param name="settings">Checked by the caller with
    /// <see cref="MeetingMediaSettings.FindFault"/>.</param>
    /// <param name="log">Takes what nobody else hears of, line by line; any thread.</param>
    public MeetingMedia(MeetingMediaSettings settings, Action<string> log)
    {
        Invariant.Require(OpusLibrary.IsAvailable);
        _settings = settings;
        _log = log;
        _tones = new ToneClock(_clock);
        _loops = new OpusLoops();
        _addresses = CandidateAddresses.From(settings);
        _links = new LinkBuilder(_addresses, _codecs);
        _lane = CreateLane();
        _encodings = CreateLane();
        _workers = [.. Enumerable.Range(0, settings.Workers).Select(CreateWorker)];
        _running = Task.WhenAll(Task.Run(() => RunAsync(_lane)), Task.Run(() => RunAsync(_encodings)));
    }

    public void Start(IMeetingMediaEvents events) => _events = events;

    public void Answer(MediaOffer offer) => Enqueue(() => DoAnswer(offer));

    public void Remove(SocketId connection) => Enqueue(() => DoRemove(connection));

    public void Play(string meetingId, AudioCue cue) =>
        Enqueue(() => Order(Open(meetingId), new MeetingOrder.Play(_loops.Cue(cue))));

    public void StopPlaying(string meetingId) =>
        Enqueue(() => Order(Find(meetingId), new MeetingOrder.StopPlaying()));

    public void AttachVoice(string meetingId, string attendeeId, AudioCue voice) =>
        Enqueue(() => Order(Open(meetingId), new MeetingOrder.AttachVoice(attendeeId, _loops.Cue(voice))));

    public void DetachVoice(string meetingId, string attendeeId) =>
        Enqueue(() => Order(Find(meetingId), new MeetingOrder.DetachVoice(attendeeId)));

    public void EndMeeting(string meetingId) => Enqueue(() => DoEnd(meetingId));

    /// <summary>What the workers have done, for measurements.</summary>
    public IEnumerable<MediaWorkerStatistics> Statistics => _workers.Select(worker => worker.Statistics);

    void IMediaWorkerObserver.SessionEnded(IMediaSession session, Exception? failure)
    {
        ((MeetingSession)session).Dispose();
        if (failure is not null)
        {
            Enqueue(() => DoFail((MeetingSession)session, failure));
        }
    }

    void IMediaWorkerObserver.LoopStalled(TimeSpan gap) =>
        _log($"the emulator's media stood still for {gap.TotalMilliseconds:F0} ms");

    /// <summary>Ends every meeting. Call after the emulator is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        _lane.Writer.TryComplete();
        _encodings.Writer.TryComplete();
        await _running;
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        _links.Dispose();
    }

    private MediaWorker CreateWorker(int index) =>
        new(new MediaWorkerOptions { Name = $"emulator media {index}" }, _clock, this);

    private static Channel<Action> CreateLane() => Channel.CreateBounded<Action>(
        new BoundedChannelOptions(EmulatorLimits.MediaBacklog) { SingleReader = true });

    private void Enqueue(Action act) => Enqueue(_lane, act);

    private void Enqueue(Channel<Action> lane, Action act)
    {
        if (!lane.Writer.TryWrite(act) && !_isClosing)
        {
            _log("the emulator's media plane is overloaded: something is lost");
        }
    }

    private async Task RunAsync(Channel<Action> lane)
    {
        await foreach (var act in lane.Reader.ReadAllAsync())
        {
            try
            {
                act();
            }
            catch (Exception defect)
            {
                _log($"a defect in the emulator's media plane: {defect}");
            }
        }
    }

    private void DoAnswer(MediaOffer offer)
    {
        if (!SdpParser.TryParse(offer.Sdp, out var session, out var unread))
        {
            _events?.Refused(offer.Connection, $"the offer cannot be read: {unread}");
            return;
        }

        if (!RemoteTransport.TryRead(session, out var remote, out var fault))
        {
            _events?.Refused(offer.Connection, $"the offer cannot be used: {fault}");
            return;
        }

        var (reason, answer) = Open(offer.MeetingId) is { } meeting
            ? Accept(meeting, offer, session, remote)
            : ("no socket", null);
        if (answer is null)
        {
            _events?.Refused(offer.Connection, reason);
        }
        else
        {
            _events?.Answered(offer.Connection, answer);
        }
    }

    /// <summary>
    /// The same peer again gets the same answer; another ICE session gets another transport.
    /// </summary>
    private (string Reason, string? Answer) Accept(
        MeetingEntry meeting, MediaOffer offer, SessionDescription session, RemoteTransport remote)
    {
        if (!meeting.Links.TryGetValue(offer.Connection, out var known)
            || known.RemoteName != remote.IceUfrag)
        {
            if (known is not null)
            {
                Order(meeting, new MeetingOrder.End(offer.Connection));
            }
            else if (meeting.Links.Count >= EmulatorLimits.MeetingConnections)
            {
                return ("the meeting is full", null);
            }

            var link = _links.Build(offer, remote, meeting.Port, _clock.Now, out var local);
            known = new LinkEntry(local, remote.IceUfrag);
            meeting.Links[offer.Connection] = known;
            if (!Order(meeting, new MeetingOrder.Begin(link, remote)))
            {
                link.Dispose();
            }
        }

        return WebRtcAnswer.TryCreate(session, known.Local, out var answer, out var fault)
            ? ("", SdpWriter.Write(answer))
            : ($"the offer cannot be answered: {fault}", null);
    }

    private void DoRemove(SocketId connection)
    {
        foreach (var meeting in _meetings.Values)
        {
            if (meeting.Links.Remove(connection))
            {
                Order(meeting, new MeetingOrder.End(connection));
                return;
            }
        }
    }

    private void DoEnd(string meetingId)
    {
        if (_meetings.Remove(meetingId, out var meeting))
        {
            meeting.Worker.TryRemove(meeting.Session);
        }
    }

    private void DoFail(MeetingSession session, Exception failure)
    {
        _log($"a defect ended the media of a meeting: {failure}");
        if (FindId(session) is { } id && _meetings.Remove(id, out var meeting))
        {
            foreach (var connection in meeting.Links.Keys)
            {
                _events?.Lost(connection);
            }
        }
    }

    private MeetingEntry? Find(string meetingId) => _meetings.GetValueOrDefault(meetingId);

    private string? FindId(MeetingSession session) =>
        _meetings.FirstOrDefault(each => each.Value.Session == session).Key;

    private MeetingEntry? Open(string meetingId)
    {
        if (Find(meetingId) is { } known)
        {
            return known;
        }

        if (!UdpSocket.TryOpen(_addresses.Binding, new UdpSocketSettings(), out var socket, out var error))
        {
            _log($"no socket for a meeting: {error}");
            return null;
        }

        var port = socket.LocalAddress.Port;
        var room = new MeetingRoom(_loops.Silence, _tones, _codecs);
        var session = new MeetingSession(room, _settings.LostAfter, Report);
        var worker = _workers.MinBy(each => each.Load)!;
        if (!worker.TryAdd(session, socket))
        {
            socket.Dispose();
            session.Dispose();
            return null;
        }

        var meeting = new MeetingEntry(session, worker, port);
        _meetings.Add(meetingId, meeting);
        return meeting;
    }

    private bool Order(MeetingEntry? meeting, MeetingOrder order)
    {
        var isTaken = meeting is not null && meeting.Worker.TryPost(meeting.Session, order);
        if (meeting is not null && !isTaken)
        {
            _log($"a media worker is overloaded: {order.GetType().Name} is lost");
        }

        return isTaken;
    }

    private void Report(MeetingSession session, MeetingReport report) => Enqueue(() => Tell(session, report));

    private void Tell(MeetingSession session, MeetingReport report)
    {
        switch (report)
        {
            case MeetingReport.Connected(var connection):
                _events?.Connected(connection);
                break;

            case MeetingReport.Lost(var connection):
                _events?.Lost(connection);
                break;

            case MeetingReport.Noticed(MeetingNotice.Heard(var hearing)) when FindId(session) is { } id:
                _events?.Heard(id, hearing);
                break;

            case MeetingReport.Noticed(MeetingNotice.AnswerWanted wanted) when FindId(session) is { } id:
                Enqueue(_encodings, () => EncodeAnswer(id, wanted));
                break;
        }
    }

    private void EncodeAnswer(string meetingId, MeetingNotice.AnswerWanted wanted)
    {
        var sequence = _loops.Sequence(LabTones.AgentCode(wanted.CallerCode), wanted.FirstSample);
        Enqueue(() => Order(Find(meetingId), new MeetingOrder.AnswerCaller(wanted.AttendeeId, sequence)));
    }

    /// <summary>A meeting as the lane knows it.</summary>
    private sealed record MeetingEntry(MeetingSession Session, MediaWorker Worker, ushort Port)
    {
        public Dictionary<SocketId, LinkEntry> Links { get; } = [];
    }

    /// <summary>What a second offer of a connection is compared with and answered from.</summary>
    private sealed record LinkEntry(LocalTransport Local, string RemoteName);
}
