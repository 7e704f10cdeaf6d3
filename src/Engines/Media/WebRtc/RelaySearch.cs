using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Media;

/// <summary>
/// Looks for one TURN server that allocates a relay address: the given URIs in order, UDP before TCP before
/// TLS, each with a head start over the next; the first to allocate is kept, the others are let go (RFC 8656
/// §7, in the manner of RFC 8305).
/// </summary>
internal sealed class RelaySearch
{
    private readonly List<RelayAttempt> _attempts = [];
    private readonly TurnCredentials _credentials;
    private readonly MediaSettings _settings;
    private readonly RandomSource _random;
    private readonly Outbox<TurnPathNotice> _paths;
    private readonly Outbox<TurnEffect> _effects = new();
    private readonly int _socketTag;
    private int _begun;
    private Instant? _nextAt;
    private Instant? _giveUpAt;

    public RelaySearch(
        TurnServers servers,
        WebRtcEndpoint endpoint,
        MediaSettings settings,
        RandomSource random,
        Outbox<TurnPathNotice> paths)
    {
        _socketTag = endpoint.SocketTag;
        _credentials = new TurnCredentials(servers.Username, servers.Password);
        _settings = settings;
        _random = random;
        _paths = paths;
        foreach (var uri in Order(servers.Uris).Take(MediaLimits.MaxTurnUris))
        {
            _attempts.Add(new RelayAttempt(endpoint.FirstPathId + _attempts.Count, uri));
        }
    }

    public RelayState State { get; private set; }

    /// <summary>The attempt that allocated; null while there is none.</summary>
    public RelayAttempt? Found { get; private set; }

    /// <summary>Our address as the server of <see cref="Found"/> sees it; none if it did not tell.</summary>
    public TransportAddress Mapped { get; private set; }

    /// <summary>Why there is none, for the log.</summary>
    public string Detail { get; private set; } = "no TURN server that can be used";

    public Instant? Deadline
    {
        get
        {
            var next = Instant.Earlier(_nextAt, _giveUpAt);
            foreach (var attempt in _attempts)
            {
                next = Instant.Earlier(next, attempt.Session?.Deadline);
            }

            return next;
        }
    }

    public void Begin(Instant now)
    {
        _giveUpAt = now + _settings.RelayTimeout;
        BeginNext(now);
    }

    /// <summary>False if the path is no longer wanted.</summary>
    public bool TryUse(TurnPath path, Instant now, IDatagramSink sink)
    {
        if (State != RelayState.Searching || Find(path.PathId) is not { Session: null, IsOver: false } attempt)
        {
            return false;
        }

        var turn = new TurnSettings { Timings = _settings.Stun, IsStream = attempt.IsStream };
        var session = new TurnClientSession(_credentials, turn, _random);
        attempt.Open(path.StreamTag ?? _socketTag, path.Server, session);
        session.Start(now, _effects);
        Perform(attempt, now, sink);
        return true;
    }

    /// <summary>A path cannot be had, or broke.</summary>
    public void Fail(int pathId, string reason, Instant now)
    {
        if (Find(pathId) is { IsOver: false } attempt)
        {
            End(attempt, reason, now);
        }
    }

    public bool OwnsStream(int socketTag)
    {
        foreach (var attempt in _attempts)
        {
            if (attempt is { IsStream: true, Session: not null } && attempt.SocketTag == socketTag)
            {
                return true;
            }
        }

        return false;
    }

    public RelayAttempt? FindOwner(int socketTag, TransportAddress from)
    {
        foreach (var attempt in _attempts)
        {
            if (attempt.Session is not null && attempt.SocketTag == socketTag && attempt.Server == from)
            {
                return attempt;
            }
        }

        return null;
    }

    /// <summary>Takes a message of a server's; true with the data of a peer.</summary>
    public bool TryReceive(
        RelayAttempt attempt,
        ReadOnlySpan<byte> message,
        Instant now,
        IDatagramSink sink,
        out TurnPeerData data)
    {
        var isData = attempt.Session!.TryReceive(message, now, _effects, out data);
        if (_effects.Count > 0)
        {
            Perform(attempt, now, sink);
        }

        return isData && attempt == Found;
    }

    /// <summary>Sends control traffic, such as a check, through the relay.</summary>
    public void Send(TransportAddress peer, ReadOnlySpan<byte> payload, Instant now, IDatagramSink sink)
    {
        if (Found is { Session: { } session } found)
        {
            session.Send(peer, payload, now, _effects);
            Perform(found, now, sink);
        }
    }

    /// <summary>Media to this peer shall go through a channel.</summary>
    public void Bind(TransportAddress peer, Instant now, IDatagramSink sink)
    {
        if (Found is { Session: { } session } found)
        {
            session.Bind(peer, now, _effects);
            Perform(found, now, sink);
        }
    }

    public void Expire(Instant now, IDatagramSink sink)
    {
        foreach (var attempt in _attempts)
        {
            if (attempt.Session?.Deadline <= now)
            {
                attempt.Session.Expire(now, _effects);
                Perform(attempt, now, sink);
            }
        }

        if (State == RelayState.Searching && _giveUpAt <= now)
        {
            GiveUp("no TURN server allocated in time");
        }
        else if (State == RelayState.Searching && _nextAt <= now)
        {
            BeginNext(now);
        }
    }

    public void Close(Instant now, IDatagramSink sink)
    {
        (_nextAt, _giveUpAt) = (null, null);
        foreach (var attempt in _attempts)
        {
            Release(attempt, now, sink);
        }
    }

    private static IEnumerable<TurnUri> Order(IEnumerable<string> uris) =>
        from text in uris
        let uri = TurnUri.TryParse(text, out var parsed) ? parsed : null
        where uri is not null && (uri.Transport == TurnTransport.Tcp || !uri.IsSecure)
        orderby uri.IsSecure, uri.Transport
        select uri;

    private RelayAttempt? Find(int pathId) => _attempts.Find(attempt => attempt.PathId == pathId);

    private void BeginNext(Instant now)
    {
        if (_begun < _attempts.Count)
        {
            var attempt = _attempts[_begun++];
            _nextAt = _begun < _attempts.Count ? now + _settings.RelayHeadStart : null;
            _paths.Add(new TurnPathNotice.Wanted(attempt.PathId, attempt.Uri));
        }
        else if (_attempts.TrueForAll(attempt => attempt.IsOver))
        {
            GiveUp(Detail);
        }
    }

    private void GiveUp(string detail)
    {
        State = RelayState.Failed;
        Detail = detail;
        (_nextAt, _giveUpAt) = (null, null);
    }

    private void Perform(RelayAttempt attempt, Instant now, IDatagramSink sink)
    {
        for (var i = 0; i < _effects.Count; i++)
        {
            switch (_effects[i])
            {
                case TurnEffect.Transmit transmit:
                    sink.Send(attempt.SocketTag, attempt.Server, transmit.Bytes.Span);
                    break;
                case TurnEffect.Allocated allocated when State == RelayState.Searching:
                    attempt.IsAllocated = true;
                    Mapped = allocated.Mapped;
                    break;
                case TurnEffect.Failed failed:
                    End(attempt, $"{attempt.Uri}: {failed.Failure} {failed.Code}", now);
                    break;
            }
        }

        _effects.Clear();
        if (attempt.IsAllocated && State == RelayState.Searching)
        {
            Keep(attempt, now, sink);
        }
    }

    private void Keep(RelayAttempt found, Instant now, IDatagramSink sink)
    {
        State = RelayState.Found;
        Found = found;
        (_nextAt, _giveUpAt) = (null, null);
        foreach (var attempt in _attempts)
        {
            if (attempt != found)
            {
                Release(attempt, now, sink);
            }
        }
    }

    private void Release(RelayAttempt attempt, Instant now, IDatagramSink sink)
    {
        if (attempt.IsOver)
        {
            return;
        }

        var isWanted = _attempts.IndexOf(attempt) < _begun;
        attempt.IsOver = true;
        attempt.Session?.Close(now, _effects);
        Perform(attempt, now, sink);
        if (isWanted)
        {
            _paths.Add(new TurnPathNotice.Released(attempt.PathId));
        }
    }

    private void End(RelayAttempt attempt, string reason, Instant now)
    {
        if (attempt.IsOver)
        {
            return;
        }

        attempt.IsOver = true;
        _paths.Add(new TurnPathNotice.Released(attempt.PathId));
        Detail = reason;
        if (attempt == Found)
        {
            State = RelayState.Lost;
        }
        else if (State == RelayState.Searching)
        {
            BeginNext(now);
        }
    }
}
