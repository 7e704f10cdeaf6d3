using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>
/// One allocation at a TURN server: asks for it, keeps it, its permissions and its channels alive, and wraps
/// what goes through it (RFC 8656).
/// </summary>
/// <remarks>
/// <code>
///       Start            success             Close
/// Idle ──────► Allocating ──────► Allocated ──────► Closing ──► Closed
///                  │ 401, 438: again   │ 437, silence              ▲
///                  └───────────────────┴───────── Failed ──────────┘
/// </code>
/// <para>
/// Sans-IO: the connection to the server is the owner's. <see cref="TryWrap"/> and <see cref="TryReceive"/>
/// of peer data allocate nothing; a media worker of another thread uses <see cref="TurnChannelData"/> with
/// the channel of <see cref="TurnEffect.ChannelBound"/> instead. Not thread-safe.
/// </para>
/// </remarks>
public sealed partial class TurnClientSession(
    TurnCredentials credentials,
    TurnSettings settings,
    RandomSource random)
{
    private readonly TurnAuthentication _authentication = new(credentials);
    private readonly List<TurnRequest> _requests = [];
    private readonly List<TurnPeer> _peers = [];
    private ushort _nextChannel = TurnChannelData.FirstChannel;
    private Instant? _refreshAt;

    public TurnState State { get; private set; }

    /// <summary>The relay address; none before <see cref="TurnState.Allocated"/>.</summary>
    public TransportAddress Relayed { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while nothing runs.</summary>
    public Instant? Deadline
    {
        get
        {
            var next = _refreshAt;
            foreach (var request in _requests)
            {
                next = Instant.Earlier(next, request.Deadline);
            }

            foreach (var peer in _peers)
            {
                next = Instant.Earlier(next, peer.RefreshAt);
            }

            return next;
        }
    }

    /// <summary>Asks for an allocation. Call once.</summary>
    public void Start(Instant now, Outbox<TurnEffect> outbox)
    {
        Invariant.Require(State == TurnState.Idle);
        State = TurnState.Allocating;
        Ask(new TurnRequest(StunMethod.Allocate, null), now, outbox);
    }

    /// <summary>
    /// Lets a peer's address through (CreatePermission), now or once there is an allocation.
    /// </summary>
    public void Permit(TransportAddress peer, Instant now, Outbox<TurnEffect> outbox) =>
        Want(peer, wantsChannel: false, now, outbox);

    /// <summary>Binds a channel to a peer, which permits it as well (RFC 8656 §12.2).</summary>
    public void Bind(TransportAddress peer, Instant now, Outbox<TurnEffect> outbox) =>
        Want(peer, wantsChannel: true, now, outbox);

    /// <summary>True once data to that peer may use a channel.</summary>
    public bool TryGetChannel(TransportAddress peer, out ushort channel)
    {
        var bound = FindPeer(peer);
        channel = bound is { IsBound: true } ? bound.Channel : (ushort)0;
        return channel != 0;
    }

    /// <summary>
    /// Wraps data for a peer as ChannelData if a channel is bound, else as a Send indication. False before
    /// there is an allocation, or without room. Allocates nothing.
    /// </summary>
    public bool TryWrap(
        TransportAddress peer,
        ReadOnlySpan<byte> payload,
        Span<byte> destination,
        out int bytesWritten)
    {
        bytesWritten = 0;
        if (State != TurnState.Allocated || payload.Length > ushort.MaxValue)
        {
            return false;
        }

        if (TryGetChannel(peer, out var channel))
        {
            return TurnChannelData.TryEncode(
                channel, payload, settings.IsStream, destination, out bytesWritten);
        }

        var id = StunTransactionId.Create(random);
        var writer = new StunWriter(destination, StunClass.Indication, StunMethod.Send, id);
        writer.WriteAddress(StunAttribute.XorPeerAddress, peer);
        writer.WriteBytes(StunAttribute.Data, payload);
        return writer.TryFinish(out bytesWritten);
    }

    /// <summary>
    /// Sends one packet of control traffic, such as a check: asks for the permission first if there is
    /// none, and does not wait for it, since servers work in order. Nothing happens before there is an
    /// allocation.
    /// </summary>
    public void Send(
        TransportAddress peer,
        ReadOnlySpan<byte> payload,
        Instant now,
        Outbox<TurnEffect> outbox)
    {
        Permit(peer, now, outbox);
        Span<byte> buffer = stackalloc byte[TurnLimits.MaxRequestBytes];
        if (TryWrap(peer, payload, buffer, out var length))
        {
            outbox.Add(new TurnEffect.Transmit(buffer[..length].ToArray()));
        }
    }

    /// <summary>
    /// Takes one message of the server's: an answer, which becomes effects, or a peer's data, which is
    /// handed out in place with true. Everything else is ignored.
    /// </summary>
    public bool TryReceive(
        ReadOnlySpan<byte> message,
        Instant now,
        Outbox<TurnEffect> outbox,
        out TurnPeerData data)
    {
        data = default;
        if (State is TurnState.Idle or TurnState.Closed)
        {
            return false;
        }

        if (TurnChannelData.TryDecode(message, out var channel, out var payload))
        {
            var sender = FindPeer(channel);
            data = sender is null ? default : new TurnPeerData(sender.Address, payload);
            return sender is not null;
        }

        if (!StunMessageView.TryDecode(message, out var stun, out _))
        {
            return false;
        }

        if (stun.Class == StunClass.Indication)
        {
            return TryReadIndication(stun, out data);
        }

        TakeResponse(stun, now, outbox);
        return false;
    }

    /// <summary>Does what is due at <paramref name="now"/>.</summary>
    public void Expire(Instant now, Outbox<TurnEffect> outbox)
    {
        ExpireRequests(now, outbox);
        if (State != TurnState.Allocated)
        {
            return;
        }

        if (_refreshAt <= now)
        {
            _refreshAt = null;
            Ask(new TurnRequest(StunMethod.Refresh, null), now, outbox);
        }

        foreach (var peer in _peers)
        {
            if (peer.RefreshAt <= now)
            {
                AskFor(peer, now, outbox);
            }
        }
    }

    /// <summary>Releases the allocation: a Refresh with lifetime 0 (RFC 8656 §8.1).</summary>
    public void Close(Instant now, Outbox<TurnEffect> outbox)
    {
        if (State == TurnState.Allocated)
        {
            _requests.Clear();
            _peers.Clear();
            _refreshAt = null;
            State = TurnState.Closing;
            Ask(new TurnRequest(StunMethod.Refresh, null), now, outbox);
        }
        else if (State is TurnState.Idle or TurnState.Allocating)
        {
            End(new TurnEffect.Closed(), outbox);
        }
    }

    private void Want(TransportAddress address, bool wantsChannel, Instant now, Outbox<TurnEffect> outbox)
    {
        if (State is TurnState.Closing or TurnState.Closed
            || (FindPeer(address) ?? AddPeer(address)) is not { } peer)
        {
            return;
        }

        var isNews = (wantsChannel && !peer.WantsChannel) || !(peer.IsPermitted || peer.IsAsking);
        peer.WantsChannel |= wantsChannel;
        if (isNews && State == TurnState.Allocated)
        {
            AskFor(peer, now, outbox);
        }
    }

    private TurnPeer? AddPeer(TransportAddress address)
    {
        if (_peers.Count >= TurnLimits.MaxPeers
            || _nextChannel > TurnChannelData.LastChannel
            || address.IsNone)
        {
            return null;
        }

        var peer = new TurnPeer(address, _nextChannel++);
        _peers.Add(peer);
        return peer;
    }

    private TurnPeer? FindPeer(TransportAddress address)
    {
        foreach (var peer in _peers)
        {
            if (peer.Address == address)
            {
                return peer;
            }
        }

        return null;
    }

    private TurnPeer? FindPeer(ushort channel)
    {
        foreach (var peer in _peers)
        {
            if (peer.Channel == channel && peer.WantsChannel)
            {
                return peer;
            }
        }

        return null;
    }

    /// <summary>A Data indication counts from an address that we let through (RFC 8656 §11.4).</summary>
    private bool TryReadIndication(StunMessageView indication, out TurnPeerData data)
    {
        data = default;
        if (indication.Method != StunMethod.Data
            || !indication.TryGetAddress(StunAttribute.XorPeerAddress, out var sender)
            || !indication.TryGet(StunAttribute.Data, out var payload))
        {
            return false;
        }

        foreach (var peer in _peers)
        {
            if (peer.Address.HasAddressOf(sender))
            {
                data = new TurnPeerData(sender, payload);
                return true;
            }
        }

        return false;
    }

    private void End(TurnEffect effect, Outbox<TurnEffect> outbox)
    {
        State = TurnState.Closed;
        _requests.Clear();
        _peers.Clear();
        _refreshAt = null;
        outbox.Add(effect);
    }
}
