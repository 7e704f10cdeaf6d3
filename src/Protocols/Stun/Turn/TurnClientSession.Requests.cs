using Farspan.Kernel;

namespace Farspan.Stun;

// Requests to the server and what becomes of them.
public sealed partial class TurnClientSession
{
    private const uint UdpProtocol = 17u << 24;
    private const uint IPv6Family = 2u << 24;

    private void AskFor(TurnPeer peer, Instant now, Outbox<TurnEffect> outbox)
    {
        peer.IsAsking = true;
        peer.RefreshAt = null;
        var method = peer.WantsChannel ? StunMethod.ChannelBind : StunMethod.CreatePermission;
        Ask(new TurnRequest(method, peer), now, outbox);
    }

    private void Ask(TurnRequest request, Instant now, Outbox<TurnEffect> outbox)
    {
        _requests.Add(request);
        Transmit(request, now, outbox);
    }

    /// <summary>Sends a request with a new transaction id, signed if we know how.</summary>
    private void Transmit(TurnRequest request, Instant now, Outbox<TurnEffect> outbox)
    {
        Span<byte> buffer = stackalloc byte[TurnLimits.MaxRequestBytes];
        var id = StunTransactionId.Create(random);
        var writer = new StunWriter(buffer, StunClass.Request, request.Method, id);
        WriteAttributes(ref writer, request);
        if (_authentication.IsReady)
        {
            _authentication.Sign(ref writer);
        }

        writer.WriteFingerprint();
        var fits = writer.TryFinish(out var length);
        Invariant.Require(fits);
        var retransmission = StunRetransmission.Start(settings.Timings, settings.IsStream, now);
        request.Begin(id, buffer[..length].ToArray(), _authentication.IsReady, retransmission);
        outbox.Add(new TurnEffect.Transmit(request.Bytes));
    }

    private void WriteAttributes(ref StunWriter writer, TurnRequest request)
    {
        var lifetimeSeconds = State == TurnState.Closing ? 0 : (uint)settings.Lifetime.TotalSeconds;
        switch (request.Method)
        {
            case StunMethod.Allocate:
                writer.WriteUInt32(StunAttribute.RequestedTransport, UdpProtocol);
                writer.WriteUInt32(StunAttribute.Lifetime, lifetimeSeconds);
                if (settings.WantsIPv6)
                {
                    writer.WriteUInt32(StunAttribute.RequestedAddressFamily, IPv6Family);
                }

                break;
            case StunMethod.Refresh:
                writer.WriteUInt32(StunAttribute.Lifetime, lifetimeSeconds);
                break;
            case StunMethod.ChannelBind:
                writer.WriteUInt32(StunAttribute.ChannelNumber, (uint)request.Peer!.Channel << 16);
                writer.WriteAddress(StunAttribute.XorPeerAddress, request.Peer.Address);
                break;
            case StunMethod.CreatePermission:
                writer.WriteAddress(StunAttribute.XorPeerAddress, request.Peer!.Address);
                break;
            default:
                throw Invariant.Unreachable(request.Method);
        }
    }

    private void ExpireRequests(Instant now, Outbox<TurnEffect> outbox)
    {
        // Backwards: a request that is given up leaves the list, and a failure empties it.
        for (var i = _requests.Count - 1; i >= 0 && i < _requests.Count; i--)
        {
            var request = _requests[i];
            switch (request.Expire(now))
            {
                case StunRetransmissionStep.Resend:
                    outbox.Add(new TurnEffect.Transmit(request.Bytes));
                    break;
                case StunRetransmissionStep.GiveUp:
                    _requests.RemoveAt(i);
                    Refuse(request, null, now, outbox);
                    break;
            }
        }
    }

    private void TakeResponse(StunMessageView response, Instant now, Outbox<TurnEffect> outbox)
    {
        var id = response.TransactionId;
        var method = response.Method;
        var index = _requests.FindIndex(request => request.Id == id && request.Method == method);
        if (response.Class == StunClass.Request || index < 0 || !IsAuthentic(response, _requests[index]))
        {
            return;
        }

        var request = _requests[index];
        _requests.RemoveAt(index);
        Span<StunAttribute> unknown = stackalloc StunAttribute[1];
        var isUsable = response.CopyUnknownRequired(unknown) == 0;
        if (response.Class == StunClass.Success && isUsable)
        {
            Conclude(request, response, now, outbox);
        }
        else
        {
            response.TryGetErrorCode(out var code);
            TakeError(request, code, response, now, outbox);
        }
    }

    /// <summary>
    /// The answer to a signed request must be signed, but for the errors that a server gives before it
    /// knows a key (RFC 8489 §9.2.4, §9.2.5).
    /// </summary>
    private bool IsAuthentic(StunMessageView response, TurnRequest request) =>
        !request.IsSigned
        || _authentication.Verify(response)
        || (!response.HasIntegrity
            && response.TryGetErrorCode(out var code)
            && response.Class == StunClass.Error
            && code is StunErrorCode.BadRequest or StunErrorCode.Unauthenticated
                or StunErrorCode.StaleNonce or StunErrorCode.WrongCredentials);

    private void Conclude(
        TurnRequest request,
        StunMessageView response,
        Instant now,
        Outbox<TurnEffect> outbox)
    {
        if (request.Peer is { } peer)
        {
            Grant(peer, request.Method == StunMethod.ChannelBind, now, outbox);
        }
        else if (State == TurnState.Closing)
        {
            End(new TurnEffect.Closed(), outbox);
        }
        else if (!TryTakeLifetime(response, now, out var lifetime))
        {
            End(new TurnEffect.Failed(TurnFailure.BadResponse, null), outbox);
        }
        else if (request.Method == StunMethod.Allocate)
        {
            TakeAllocation(response, lifetime, now, outbox);
        }
    }

    private bool TryTakeLifetime(StunMessageView response, Instant now, out TimeSpan lifetime)
    {
        response.TryGetUInt32(StunAttribute.Lifetime, out var seconds);
        lifetime = TimeSpan.FromSeconds(seconds);
        var isLong = lifetime > 2 * TurnLimits.RefreshMargin;
        _refreshAt = now + (isLong ? lifetime - TurnLimits.RefreshMargin : lifetime / 2);
        return seconds > 0;
    }

    private void TakeAllocation(
        StunMessageView response,
        TimeSpan lifetime,
        Instant now,
        Outbox<TurnEffect> outbox)
    {
        if (!response.TryGetAddress(StunAttribute.XorRelayedAddress, out var relayed))
        {
            End(new TurnEffect.Failed(TurnFailure.BadResponse, null), outbox);
            return;
        }

        response.TryGetAddress(StunAttribute.XorMappedAddress, out var mapped);
        State = TurnState.Allocated;
        Relayed = relayed;
        outbox.Add(new TurnEffect.Allocated(relayed, mapped, lifetime));
        foreach (var peer in _peers)
        {
            AskFor(peer, now, outbox);
        }
    }

    private void Grant(TurnPeer peer, bool isChannel, Instant now, Outbox<TurnEffect> outbox)
    {
        var isFirst = !peer.IsPermitted;
        var isFirstBinding = isChannel && !peer.IsBound;
        peer.IsAsking = false;
        peer.IsPermitted = true;
        peer.IsBound |= isChannel;
        peer.RefreshAt = now + TurnLimits.PeerRefresh;
        if (isFirst)
        {
            outbox.Add(new TurnEffect.Permitted(peer.Address));
        }

        if (isFirstBinding)
        {
            outbox.Add(new TurnEffect.ChannelBound(peer.Address, peer.Channel));
        }
    }

    private void TakeError(
        TurnRequest request,
        StunErrorCode code,
        StunMessageView response,
        Instant now,
        Outbox<TurnEffect> outbox)
    {
        var wantsSignature = code == StunErrorCode.Unauthenticated && !request.IsSigned;
        if ((wantsSignature || code == StunErrorCode.StaleNonce)
            && request.NonceRetries < TurnLimits.MaxNonceRetries
            && _authentication.TryAdopt(response))
        {
            request.NonceRetries++;
            Ask(request, now, outbox);
            return;
        }

        if (code == StunErrorCode.TryAlternate
            && response.TryGetAddress(StunAttribute.AlternateServer, out var server))
        {
            outbox.Add(new TurnEffect.Redirected(server));
        }

        Refuse(request, code, now, outbox);
    }

    /// <summary>A request came to nothing; the code is null if nobody answered.</summary>
    private void Refuse(TurnRequest request, StunErrorCode? code, Instant now, Outbox<TurnEffect> outbox)
    {
        if (State == TurnState.Closing)
        {
            End(new TurnEffect.Closed(), outbox);
        }
        else if (request.Peer is null)
        {
            End(new TurnEffect.Failed(FailureOf(request.Method, code), code), outbox);
        }
        else if (request.Method == StunMethod.ChannelBind && code is not null)
        {
            // Without a channel there are still indications, if the address may be permitted.
            request.Peer.WantsChannel = false;
            request.Peer.IsBound = false;
            AskFor(request.Peer, now, outbox);
        }
        else
        {
            _peers.Remove(request.Peer);
            outbox.Add(new TurnEffect.PeerRefused(request.Peer.Address, code));
        }
    }

    private static TurnFailure FailureOf(StunMethod method, StunErrorCode? code) => code switch
    {
        null => TurnFailure.TimedOut,
        StunErrorCode.Unauthenticated or StunErrorCode.WrongCredentials => TurnFailure.Unauthorized,
        StunErrorCode.Forbidden => TurnFailure.Forbidden,
        StunErrorCode.AllocationMismatch when method == StunMethod.Refresh => TurnFailure.AllocationLost,
        StunErrorCode.AllocationMismatch => TurnFailure.AllocationMismatch,
        StunErrorCode.AllocationQuotaReached => TurnFailure.QuotaReached,
        StunErrorCode.InsufficientCapacity => TurnFailure.InsufficientCapacity,
        StunErrorCode.TryAlternate => TurnFailure.Redirected,
        _ => TurnFailure.Rejected,
    };
}
