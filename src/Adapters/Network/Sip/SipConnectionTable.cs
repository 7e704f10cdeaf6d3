using System.Net;

namespace Farspan.Network;

/// <summary>The connections of one listener, by id and by peer, within the limits. Safe for several
/// threads.</summary>
internal sealed class SipConnectionTable(SipNetworkLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, SipConnection> _byId = [];
    private readonly Dictionary<IPEndPoint, SipConnection> _byPeer = [];
    private readonly Dictionary<IPAddress, int> _countBySource = [];
    private long _lastId;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byId.Count;
            }
        }
    }

    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>False if there are too many, in all or from this source, or one to this very peer.</summary>
    public bool TryAdd(SipConnection connection)
    {
        var peer = connection.Flow.Remote;
        lock (_lock)
        {
            var count = _countBySource.GetValueOrDefault(peer.Address);
            if (_byId.Count >= limits.ConnectionsMax
                || count >= limits.ConnectionsPerSourceMax
                || !_byPeer.TryAdd(peer, connection))
            {
                return false;
            }

            _byId.Add(connection.Flow.ConnectionId, connection);
            _countBySource[peer.Address] = count + 1;
            return true;
        }
    }

    public void Remove(SipConnection connection)
    {
        var peer = connection.Flow.Remote;
        lock (_lock)
        {
            if (!_byId.Remove(connection.Flow.ConnectionId))
            {
                return;
            }

            _byPeer.Remove(peer);
            if (--_countBySource[peer.Address] == 0)
            {
                _countBySource.Remove(peer.Address);
            }
        }
    }

    public SipConnection? Find(long connectionId)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(connectionId);
        }
    }

    public SipConnection? Find(IPEndPoint peer)
    {
        lock (_lock)
        {
            return _byPeer.GetValueOrDefault(peer);
        }
    }

    public SipConnection[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _byId.Values];
        }
    }
}
