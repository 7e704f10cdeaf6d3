using Farspan.Kernel;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>
/// One thread that carries the media of many calls: it waits for their sockets, ticks each session on its own
/// phase and sends what they have to say in batches. Zero bytes are allocated for a packet or a tick.
/// </summary>
/// <remarks>
/// <code>
///   any thread ── TryAdd, TryRemove, TryPost ──► bounded queue ──┐ eventfd
///   sockets ─────────────── epoll ──────────────────────────────►├─► sessions ──► send batch ── sendmmsg ──►
///   phase wheel ── a twentieth of the sessions each millisecond ►┘
/// </code>
/// A session's exception ends that session and is told to the observer; the worker goes on.
/// </remarks>
public sealed class MediaWorker : IDisposable
{
    private const int EventsAtOnce = 64;
    private const int DatagramsAtOnce = 16;
    private const int SendsAtOnce = 64;
    private const ulong WakeToken = ulong.MaxValue;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly MediaWorkerOptions _options;
    private readonly MonotonicClock _clock;
    private readonly IMediaWorkerObserver _observer;
    private readonly MediaCommandQueue<Command> _commands;
    private readonly EventDescriptor _wake = new();
    private readonly Epoll _epoll = new(EventsAtOnce);
    private readonly UdpReceiveBatch _received = new(DatagramsAtOnce);
    private readonly UdpSendBatch _sending = new(SendsAtOnce);
    private readonly MediaOutput _output;
    private readonly MediaPhaseWheel _wheel;
    private readonly MediaSocketTable _table = new();
    private readonly Dictionary<IMediaSession, MediaSlot> _slots = new(ReferenceEqualityComparer.Instance);
    private readonly Thread _thread;
    private long _dueTicks;
    private int _admitted;
    private bool _isStopping;

    /// <summary>Starts the thread.</summary>
    public MediaWorker(MediaWorkerOptions options, MonotonicClock clock, IMediaWorkerObserver observer)
    {
        _options = options;
        _clock = clock;
        _observer = observer;
        _commands = new MediaCommandQueue<Command>(options.MaxCommands);
        _output = new MediaOutput(_sending);
        _wheel = new MediaPhaseWheel(options, clock.Now);
        _dueTicks = clock.Now.Ticks;
        Invariant.Require(_epoll.TryAdd(_wake.Descriptor, WakeToken));
        _thread = new Thread(Run) { Name = options.Name, IsBackground = true };
        _thread.Start();
    }

    private enum CommandKind
    {
        Add,
        Remove,
        Post,
        Attach,
    }

    public MediaWorkerStatistics Statistics { get; } = new();

    /// <summary>
    /// When the loop wanted to go on, or began what it is at: long ago if it is stuck. Any thread.
    /// </summary>
    public Instant Due => new(Volatile.Read(ref _dueTicks));

    /// <summary>Sessions served or about to be: what a new call's worker is chosen by.</summary>
    public int Load => Volatile.Read(ref _admitted);

    /// <summary>
    /// Begins to serve a session. Its sockets, whose places in the list are their tags, are the worker's from
    /// then on: it closes them. False, and they stay the caller's, if the worker is full or ending.
    /// </summary>
    public bool TryAdd(IMediaSession session, params ReadOnlySpan<UdpSocket> sockets)
    {
        if (Interlocked.Increment(ref _admitted) <= _options.MaxSessions
            && TryCommand(new Command(CommandKind.Add, session, new MediaSlot(session, sockets.ToArray()))))
        {
            return true;
        }

        Interlocked.Decrement(ref _admitted);
        return false;
    }

    /// <summary>
    /// Ends the service of a session, which the observer then hears. False if too many commands wait.
    /// </summary>
    public bool TryRemove(IMediaSession session) =>
        TryCommand(new Command(CommandKind.Remove, session, null));

    /// <summary>
    /// Gives a session another socket under the tag named: the next one after those it has, or that of a
    /// socket which is closed and replaced. The worker owns it from then on. False, and it stays the
    /// caller's, if too many commands wait.
    /// </summary>
    public bool TryAttach(IMediaSession session, int socketTag, UdpSocket socket) =>
        TryCommand(new Command(CommandKind.Attach, session, new Attachment(socketTag, socket)));

    /// <summary>
    /// Hands a message to <see cref="IMediaSession.Handle"/>, or disposes of one that can be if the session
    /// is gone. False if too many commands wait.
    /// </summary>
    public bool TryPost(IMediaSession session, object message) =>
        TryCommand(new Command(CommandKind.Post, session, message));

    /// <summary>Ends every session and waits for the thread. Not from the worker's own thread.</summary>
    public void Dispose()
    {
        Invariant.Require(Thread.CurrentThread != _thread);
        Volatile.Write(ref _isStopping, true);
        _wake.Signal();
        _thread.Join();
    }

    private bool TryCommand(Command command)
    {
        if (Volatile.Read(ref _isStopping) || !_commands.TryEnqueue(command))
        {
            return false;
        }

        _wake.Signal();
        return true;
    }

    private void Run()
    {
        if (_options.Processor is { } processor)
        {
            LinuxThread.TryPin(processor);
        }

        LinuxThread.TryGoFirst();
        var idleSince = _clock.Now;
        while (!Volatile.Read(ref _isStopping))
        {
            var wait = WaitFrom(idleSince);
            Volatile.Write(ref _dueTicks, (idleSince + wait).Ticks);
            var ready = _epoll.Wait(wait);
            var now = _clock.Now;
            Volatile.Write(ref _dueTicks, now.Ticks);
            WatchForStall(now - idleSince - wait);
            // A peer may be told of a session the moment it is ordered: its first datagram finds it.
            ServeCommands(now);
            ServeSockets(ready, now);
            ServeTicks();
            _sending.Flush();
            idleSince = _clock.Now;
            WatchForStall(idleSince - now);
            Count();
        }

        EndAll();
    }

    private TimeSpan WaitFrom(Instant now)
    {
        var wait = _wheel.Next is { } next ? next - now : LongestWait;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
    }

    private void WatchForStall(TimeSpan gap)
    {
        if (gap > _options.StallThreshold)
        {
            Statistics.Stalls++;
            _observer.LoopStalled(gap);
        }
    }

    private void ServeSockets(int ready, Instant now)
    {
        for (var i = 0; i < ready; i++)
        {
            var token = _epoll.Token(i);
            if (token == WakeToken)
            {
                _wake.Reset();
                ServeCommands(now);
            }
            else if (_table.TryFind(token, out var slot, out var socket, out var socketTag))
            {
                Receive(slot, socket, socketTag, now);
            }
        }
    }

    private void Receive(MediaSlot slot, UdpSocket socket, int socketTag, Instant now)
    {
        var count = _received.Receive(socket);
        Statistics.DatagramsReceived += count;
        _output.Use(slot.Sockets);
        try
        {
            for (var i = 0; i < count; i++)
            {
                var datagram = new MediaDatagram(socketTag, _received.Sender(i), _received.Datagram(i));
                slot.Session.Receive(datagram, now, _output);
            }
        }
        catch (Exception failure)
        {
            End(slot, failure);
        }
    }

    private void ServeTicks()
    {
        // Any tick may be where the process froze: what is stale is looked for before each phase.
        var now = _clock.Now;
        while (TryTakeDue(now, out var slots, out var due))
        {
            if (slots.Count > 0)
            {
                Statistics.Lateness.Add(now - due);
                Statistics.Ticks += slots.Count;
            }

            for (var i = slots.Count - 1; i >= 0; i--)
            {
                Tick(slots[i], due, now);
            }

            now = _clock.Now;
        }
    }

    private bool TryTakeDue(Instant now, out List<MediaSlot> slots, out Instant due)
    {
        Statistics.PhasesSkipped += _wheel.SkipStale(now);
        return _wheel.TryTakeDue(now, out slots, out due);
    }

    private void Tick(MediaSlot slot, Instant due, Instant now)
    {
        _output.Use(slot.Sockets);
        try
        {
            slot.Session.Tick(due, now, _output);
        }
        catch (Exception failure)
        {
            End(slot, failure);
        }
    }

    private void ServeCommands(Instant now)
    {
        while (_commands.TryDequeue(out var command))
        {
            if (command.Kind == CommandKind.Add)
            {
                Begin((MediaSlot)command.Content!);
            }
            else if (_slots.TryGetValue(command.Session, out var slot))
            {
                Serve(command, slot, now);
            }
            else
            {
                (command.Content as IDisposable)?.Dispose();
            }
        }
    }

    private void Serve(in Command command, MediaSlot slot, Instant now)
    {
        if (command.Kind == CommandKind.Remove)
        {
            End(slot, failure: null);
            return;
        }

        if (command.Content is Attachment attachment)
        {
            Attach(slot, attachment);
            return;
        }

        _output.Use(slot.Sockets);
        try
        {
            slot.Session.Handle(command.Content!, now, _output);
        }
        catch (Exception failure)
        {
            End(slot, failure);
        }
    }

    private void Begin(MediaSlot slot)
    {
        Invariant.Require(_slots.TryAdd(slot.Session, slot));
        _wheel.Add(slot);
        var isWatched = true;
        for (var tag = 0; tag < slot.Sockets.Length; tag++)
        {
            isWatched &= TryWatch(slot, tag);
        }

        Statistics.Sessions = _slots.Count;
        if (!isWatched)
        {
            End(slot, new IOException("epoll refused a socket of the session"));
        }
    }

    private bool TryWatch(MediaSlot slot, int tag)
    {
        var place = _table.Add(slot, tag);
        slot.Registrations[tag] = place;
        return _epoll.TryAdd(slot.Sockets[tag].Descriptor, _table.TokenOf(place));
    }

    private void Attach(MediaSlot slot, Attachment attachment)
    {
        Invariant.Require(attachment.SocketTag <= slot.Sockets.Length);
        if (attachment.SocketTag < slot.Sockets.Length)
        {
            Detach(slot, attachment.SocketTag);
            slot.Sockets[attachment.SocketTag] = attachment.Socket;
        }
        else
        {
            slot.Grow(attachment.Socket);
        }

        if (!TryWatch(slot, attachment.SocketTag))
        {
            End(slot, new IOException("epoll refused a socket of the session"));
        }
    }

    // What was said by the socket still goes out.
    private void Detach(MediaSlot slot, int tag)
    {
        _sending.Flush();
        _table.Remove(slot.Registrations[tag]);
        _epoll.Remove(slot.Sockets[tag].Descriptor);
        slot.Sockets[tag].Dispose();
    }

    private void End(MediaSlot slot, Exception? failure)
    {
        Invariant.Require(_slots.Remove(slot.Session));
        _wheel.Remove(slot);

        for (var tag = 0; tag < slot.Sockets.Length; tag++)
        {
            Detach(slot, tag);
        }

        Interlocked.Decrement(ref _admitted);
        Statistics.Sessions = _slots.Count;
        Statistics.SessionsFailed += failure is null ? 0 : 1;
        _observer.SessionEnded(slot.Session, failure);
    }

    private void Count()
    {
        Statistics.DatagramsSent = _sending.Sent;
        Statistics.DatagramsDropped = _sending.Dropped;
        Statistics.ReceiveErrors = _received.Errors;
    }

    private void EndAll()
    {
        ServeCommands(_clock.Now);
        foreach (var slot in _slots.Values.ToArray())
        {
            End(slot, failure: null);
        }

        _epoll.Dispose();
        _received.Dispose();
        _sending.Dispose();
    }

    private sealed record Attachment(int SocketTag, UdpSocket Socket) : IDisposable
    {
        public void Dispose() => Socket.Dispose();
    }

    private readonly record struct Command(CommandKind Kind, IMediaSession Session, object? Content);
}
