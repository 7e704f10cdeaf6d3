using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// Watches the nodes that we share calls with: dead is who gives no life sign and no media for
/// <see cref="LivenessTimings.SilenceMax"/>, or whose transport failed and refuses a new connection (decision 0015).
/// </summary>
/// <remarks>
/// <code>
///            sign                silence, transport, restart
///  Unknown ───────► Alive ───────────────────────────────────► Dead
///                     ▲                                      sign │ ▲ silence
///                     └──── signs for 1, 2, 4 … 30 s ─── Returning┘ ┘
/// </code>
/// Time in which we did not run ourselves is nobody's silence. Whoever dies again and again stays away for longer and
/// longer. Sans-IO: <see cref="Expire"/> at <see cref="Deadline"/>.
/// </remarks>
public sealed class LivenessWatch(LivenessTimings timings)
{
    private readonly SortedDictionary<string, Peer> _peers = new(StringComparer.Ordinal);

    /// <summary>In the order of their names.</summary>
    public IEnumerable<string> Nodes => _peers.Keys;

    /// <summary>When to call <see cref="Expire"/>; null while nobody lives.</summary>
    public Instant? Deadline
    {
        get
        {
            Instant? next = null;
            foreach (var peer in _peers.Values)
            {
                next = Instant.Earlier(next, DeadlineOf(peer));
            }

            return next;
        }
    }

    public PeerState StateOf(string node) => _peers.GetValueOrDefault(node)?.State ?? PeerState.Unknown;

    /// <summary>What it said last; null before it said anything.</summary>
    public LifeSign? LastSign(string node) => _peers.GetValueOrDefault(node)?.Sign;

    /// <summary>Begins to watch a node; nothing changes if that is so already.</summary>
    public void Watch(string node) => _peers.TryAdd(node, new Peer(node));

    public void Forget(string node) => _peers.Remove(node);

    /// <summary>Takes a life sign; of nodes that are not watched, and old ones, nothing is noted.</summary>
    public void Hear(LifeSign sign, Instant now, Outbox<LivenessEffect> outbox)
    {
        if (!_peers.TryGetValue(sign.Node, out var peer) || peer.Sign is { } last && !IsLater(sign, last))
        {
            return;
        }

        if (peer.State == PeerState.Alive && peer.Sign?.Boot != sign.Boot)
        {
            Die(peer, PeerDeath.Restarted, now, outbox);
        }

        peer.Sign = sign;
        peer.SignAt = now;
        switch (peer.State)
        {
            case PeerState.Unknown:
                peer.State = PeerState.Alive;
                peer.Since = now;
                break;
            case PeerState.Dead:
                peer.State = PeerState.Returning;
                peer.Since = now;
                break;
            case PeerState.Alive when now - peer.Since >= timings.ForgiveAfter:
                peer.Deaths = 0;
                break;
        }
    }

    /// <summary>Media of a call with the node begins to flow, or has stopped for so long as silence may last.</summary>
    public void NoteMedia(string node, string callId, bool isFlowing, Instant now)
    {
        if (!_peers.TryGetValue(node, out var peer))
        {
            return;
        }

        if (isFlowing)
        {
            peer.Flowing.Add(callId);
        }
        else if (peer.Flowing.Remove(callId) && peer.Flowing.Count == 0)
        {
            // It was heard until SilenceMax ago: that long is what "stopped" means.
            peer.MediaAt = now - timings.SilenceMax;
        }
    }

    /// <summary>Its connection failed, and a new one was refused.</summary>
    public void FailTransport(string node, Instant now, Outbox<LivenessEffect> outbox)
    {
        if (_peers.TryGetValue(node, out var peer) && peer.State is PeerState.Alive or PeerState.Returning)
        {
            Die(peer, PeerDeath.TransportFailed, now, outbox);
        }
    }

    /// <summary>We did not run for a while: that is not the peers' silence.</summary>
    public void Excuse(TimeSpan gap)
    {
        foreach (var peer in _peers.Values)
        {
            peer.SignAt += gap;
            peer.MediaAt += gap;
            peer.Since += gap;
        }
    }

    public void Expire(Instant now, Outbox<LivenessEffect> outbox)
    {
        foreach (var peer in _peers.Values)
        {
            if (SilentAt(peer) is { } silentAt && silentAt <= now)
            {
                Die(peer, PeerDeath.Silent, now, outbox);
            }
            else if (peer.State == PeerState.Returning && ReturnsAt(peer) <= now)
            {
                peer.State = PeerState.Alive;
                peer.Since = now;
                outbox.Add(new LivenessEffect.Returned(peer.Node, peer.Sign!.Boot));
            }
        }
    }

    private static bool IsLater(LifeSign sign, LifeSign last) =>
        sign.Boot == last.Boot ? sign.Sequence > last.Sequence : sign.StartedAt > last.StartedAt;

    private Instant? DeadlineOf(Peer peer) => peer.State == PeerState.Returning
        ? Instant.Earlier(SilentAt(peer), ReturnsAt(peer))
        : SilentAt(peer);

    // Null while media flows, or while there is nobody to die.
    private Instant? SilentAt(Peer peer)
    {
        if (peer.State is not (PeerState.Alive or PeerState.Returning) || peer.Flowing.Count > 0)
        {
            return null;
        }

        return (peer.SignAt > peer.MediaAt ? peer.SignAt : peer.MediaAt) + timings.SilenceMax;
    }

    private Instant ReturnsAt(Peer peer)
    {
        var wait = timings.ReturnFirst * (1 << Math.Clamp(peer.Deaths - 1, 0, 10));
        return peer.Since + (wait < timings.ReturnMax ? wait : timings.ReturnMax);
    }

    private static void Die(Peer peer, PeerDeath cause, Instant now, Outbox<LivenessEffect> outbox)
    {
        var wasUsable = peer.State == PeerState.Alive;
        var heardAt = peer.SignAt > peer.MediaAt ? peer.SignAt : peer.MediaAt;
        peer.State = PeerState.Dead;
        peer.Deaths++;
        peer.Flowing.Clear();
        if (wasUsable)
        {
            outbox.Add(new LivenessEffect.Died(peer.Node, peer.Sign!.Boot, cause, now - heardAt));
        }
    }

    private sealed class Peer(string node)
    {
        public string Node { get; } = node;

        public PeerState State { get; set; }

        public LifeSign? Sign { get; set; }

        public Instant SignAt { get; set; }

        public Instant MediaAt { get; set; }

        /// <summary>When the state began.</summary>
        public Instant Since { get; set; }

        public int Deaths { get; set; }

        public HashSet<string> Flowing { get; } = [];
    }
}
