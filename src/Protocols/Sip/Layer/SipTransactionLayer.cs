using Farspan.Kernel;
using static Farspan.Sip.SipLayerEffect;

namespace Farspan.Sip;

/// <summary>
/// Turns bytes into requests and responses that belong to something: matches messages to transactions, runs
/// these, and answers by itself what no transaction user needs to see.
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §17 and §18, §8.2.2.2 (merged requests), §9 (CANCEL), RFC 3581 (rport), RFC
/// 6026.</para>
/// <code>
///   bytes ─► Receive ─► [ request:  known? ─► its server transaction                      ]
///                       [           new?   ─► 482 | 503 | RequestReceived                 ]
///                       [ response: known? ─► its client transaction ─► ResponseReceived  ] ─► outbox
///   transaction user ─► SendRequest, Respond, Cancel, SendAck                               ─► outbox
/// </code>
/// <para>One owner calls it, and calls <see cref="Expire"/> at <see cref="Deadline"/>.</para>
/// </remarks>
public sealed partial class SipTransactionLayer
{
    private const int TagDigits = 16;
    private const int BranchDigits = 24;

    private readonly SipLayerLimits _limits;
    private readonly SipTimings _timings;
    private readonly RandomSource _random;
    private readonly ServerTransactionTable _servers = new();
    private readonly Dictionary<ClientTransactionKey, SipClientTransaction> _clients = [];
    private readonly FlowIndex _flows = new();
    private readonly DeadlineQueue<SipTransaction> _deadlines = new();
    private readonly Outbox<SipTransactionEffect> _effects = new();
    private long _lastId;

    public SipTransactionLayer(SipLayerLimits limits, SipTimings timings, RandomSource random)
    {
        _limits = limits;
        _timings = timings;
        _random = random;
    }

    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    public Instant? Deadline => _deadlines.Next;

    public int ServerTransactionCount => _servers.Count;

    public int ClientTransactionCount => _clients.Count;

    /// <summary>Takes one datagram, or one message of a stream.</summary>
    public void Receive(in SipFlow flow, ReadOnlySpan<byte> bytes, Instant now, Outbox<SipLayerEffect> outbox)
    {
        var framing = flow.IsReliable ? SipFraming.Stream : SipFraming.Datagram;
        if (SipParser.TryParse(bytes, framing, out var message, out var error))
        {
            Receive(flow, message, now, outbox);
        }
        else if (error.Code != SipParseErrorCode.Empty)
        {
            outbox.Add(new MessageRefused(flow, error));
            StatelessResponse.TryRefuse(flow, error, outbox);
        }
    }

    /// <summary>Takes a message that has been parsed.</summary>
    public void Receive(in SipFlow flow, SipMessage message, Instant now, Outbox<SipLayerEffect> outbox)
    {
        switch (message)
        {
            case var _ when message.Bytes.Length - message.Body.Length > _limits.HeadBytesMax:
                Refuse(flow, SipParseErrorCode.TooLarge, outbox);
                break;

            case SipRequest request:
                ReceiveRequest(flow, request, now, outbox);
                break;

            case SipResponse response:
                ReceiveResponse(response, now, outbox);
                break;

            default:
                throw Invariant.Unreachable(message);
        }
    }

    /// <summary>Fires everything that is due.</summary>
    public void Expire(Instant now, Outbox<SipLayerEffect> outbox)
    {
        while (_deadlines.TryTakeDue(now, out var transaction))
        {
            transaction.Expire(now, _effects);
            Settle(transaction, now, outbox);
        }
    }

    /// <summary>
    /// Takes notice that a flow is gone. Requests of ours on it fail; responses that are still to come go
    /// to the address in the Via instead (RFC 3261 §18.2.2).
    /// </summary>
    public void FailFlow(in SipFlow flow, Instant now, Outbox<SipLayerEffect> outbox)
    {
        foreach (var transaction in _flows.On(flow))
        {
            if (transaction is SipServerTransaction { Flow.IsReliable: true } server)
            {
                _flows.Remove(server);
                server.Flow = ResponseRoute.AfterFailure(server.Flow, server.Via);
                _flows.Add(server);
            }

            transaction.FailTransport(_effects);
            Settle(transaction, now, outbox);
        }
    }

    /// <summary>A top Via for a request of ours that goes out on the flow, with a branch of its
    /// own.</summary>
    public Via CreateVia(in SipFlow flow)
    {
        var branch = Via.MagicCookie + _random.NextHex(BranchDigits);
        return new Via(flow.TransportName, flow.Local, branch).WithRport();
    }

    /// <summary>Sends a request, other than ACK, whose top Via came from <see cref="CreateVia"/>.</summary>
    /// <returns>The transaction; null when there are too many, and nothing was sent.</returns>
    public SipClientTransaction? SendRequest(
        SipRequest request, in SipFlow flow, Instant now, Outbox<SipLayerEffect> outbox)
    {
        if (_clients.Count >= _limits.ClientTransactionsMax)
        {
            return null;
        }

        var transaction = new SipClientTransaction(++_lastId, request, flow, _timings);
        _clients.Add(transaction.Key, transaction);
        _flows.Add(transaction);
        transaction.Machine.Start(now, _effects);
        Settle(transaction, now, outbox);
        return transaction;
    }

    /// <summary>Sends the ACK of a 2xx, which no transaction repeats: send it again for each 2xx that
    /// comes.</summary>
    public void SendAck(SipRequest ack, in SipFlow flow, Outbox<SipLayerEffect> outbox)
    {
        Invariant.Require(ack.Method == SipMethod.Ack);

        outbox.Add(new Transmit(flow, ack.Bytes));
    }

    /// <summary>Sends a response. One that comes too late, such as a second final one, is dropped.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Respond(
        SipServerTransaction transaction, SipResponse response, Instant now, Outbox<SipLayerEffect> outbox)
    {
        var isSent = !transaction.IsDismissed && transaction.Machine.Respond(response, now, _effects);
        if (isSent && response.IsFailure)
        {
            _servers.ForgetMerge(transaction);
        }

        Settle(transaction, now, outbox);
        return isSent;
    }

    /// <summary>
    /// Refuses a request and keeps nothing of it, no 100, no transaction (RFC 3261 §8.2.7): for strangers.
    /// An ACK, and a request whose answer might get too large, have none.
    /// </summary>
    /// <param name="flow">Where it came from.</param>
    /// <param name="request">What to refuse.</param>
    /// <param name="statusCode">300 to 699.</param>
    /// <param name="reason">The value of the Reason header (RFC 3326 §2).</param>
    /// <param name="outbox">Takes the answer.</param>
    public void RefuseStateless(
        in SipFlow flow, SipRequest request, int statusCode, string reason, Outbox<SipLayerEffect> outbox)
    {
        var isAnswered = request.Method != SipMethod.Ack
            && request.Bytes.Length - request.Body.Length <= _limits.HeadBytesMax;
        if (isAnswered)
        {
            var incoming = new IncomingRequest(ServerTransactionKey.Of(request), request, flow);
            StatelessResponse.TryRefuse(incoming, statusCode, reason, _limits, outbox);
        }
    }

    /// <summary>
    /// Forgets a request, answered or not: a repetition is then a new request. For dialogs in which we have
    /// to be silent.
    /// </summary>
    public void Dismiss(SipServerTransaction transaction)
    {
        if (!transaction.IsTerminated)
        {
            transaction.IsDismissed = true;
            _deadlines.Remove(transaction);
            Forget(transaction);
        }
    }

    private static void Refuse(in SipFlow flow, SipParseErrorCode code, Outbox<SipLayerEffect> outbox) =>
        outbox.Add(new MessageRefused(flow, new SipParseError(code, SipHeader.Other, 0)));

    private void ReceiveRequest(
        in SipFlow flow, SipRequest request, Instant now, Outbox<SipLayerEffect> outbox)
    {
        var key = ServerTransactionKey.Of(request);
        if (_servers.TryFind(key, out var known))
        {
            ReceiveAgain(known, request, now, outbox);
        }
        else if (request.Method == SipMethod.Ack)
        {
            outbox.Add(new AckReceived(request, flow));
        }
        else
        {
            ReceiveNew(new IncomingRequest(key, request, flow), now, outbox);
        }
    }

    private void ReceiveAgain(
        SipServerTransaction known, SipRequest request, Instant now, Outbox<SipLayerEffect> outbox)
    {
        if (request.Method == SipMethod.Ack)
        {
            known.Machine.ReceiveAck(request, now, _effects);
        }
        else
        {
            known.Machine.ReceiveRetransmission(_effects);
        }

        Settle(known, now, outbox);
    }

    private void ReceiveNew(in IncomingRequest incoming, Instant now, Outbox<SipLayerEffect> outbox)
    {
        if (!incoming.IsAnswerable(_limits))
        {
            Refuse(incoming.ResponseFlow, SipParseErrorCode.TooManyHeaders, outbox);
        }
        else if (incoming.Request.Method == SipMethod.Cancel)
        {
            ReceiveCancel(incoming, outbox);
        }
        else if (_servers.IsMerged(incoming.Request))
        {
            StatelessResponse.Send(incoming, 482, outbox);
        }
        else if (_servers.Count >= _limits.ServerTransactionsMax)
        {
            StatelessResponse.SendOverload(incoming, _limits.OverloadRetryAfter, outbox);
        }
        else
        {
            StartServer(incoming, now, outbox);
        }
    }

    private void StartServer(in IncomingRequest incoming, Instant now, Outbox<SipLayerEffect> outbox)
    {
        var tag = incoming.Request.To.Tag ?? _random.NextHex(TagDigits);
        var isReliable = incoming.ResponseFlow.IsReliable;
        IServerTransaction machine;
        if (incoming.Request.Method == SipMethod.Invite)
        {
            var invite = new InviteServerTransaction(incoming.Request, isReliable, _timings);
            invite.Start(incoming.CreateResponse(100, tag).Build(), _effects);
            machine = invite;
        }
        else
        {
            var other = new NonInviteServerTransaction(incoming.Request, isReliable, _timings);
            other.Start(_effects);
            machine = other;
        }

        var transaction = new SipServerTransaction(++_lastId, incoming, tag, machine);
        _servers.Add(transaction);
        _flows.Add(transaction);
        Settle(transaction, now, outbox);
    }

    private void ReceiveResponse(SipResponse response, Instant now, Outbox<SipLayerEffect> outbox)
    {
        // No match: a straggler, or a forgery. No proxy is here that would forward it (RFC 3261 §18.1.2).
        if (!_clients.TryGetValue(ClientTransactionKey.Of(response), out var transaction)
            || !ResponseRoute.IsOurs(response, transaction.Request))
        {
            return;
        }

        transaction.Machine.Receive(response, now, _effects);
        Settle(transaction, now, outbox);
        if (transaction.IsCancelWanted)
        {
            Cancel(transaction, transaction.CancelReason, now, outbox);
        }
    }

    /// <summary>Performs what a machine asked for, and waits for its next timer; one of zero length fires
    /// at once.</summary>
    private void Settle(SipTransaction transaction, Instant now, Outbox<SipLayerEffect> outbox)
    {
        while (transaction.Deadline is { } deadline && deadline <= now)
        {
            transaction.Expire(now, _effects);
        }

        foreach (ref readonly var effect in _effects.Effects)
        {
            Perform(transaction, effect, outbox);
        }

        _effects.Clear();
        _deadlines.Set(transaction, transaction.Deadline);
    }

    private void Perform(
        SipTransaction transaction, in SipTransactionEffect effect, Outbox<SipLayerEffect> outbox)
    {
        switch (effect.Kind)
        {
            case SipTransactionEffectKind.Send:
                outbox.Add(new Transmit(transaction.Flow, effect.Message!.Bytes));
                break;

            case SipTransactionEffectKind.Deliver:
                TransactionUser.Deliver(transaction, effect.Message!, outbox);
                break;

            case SipTransactionEffectKind.ReportTransportFailure:
                TransactionUser.ReportFailure(transaction, SipTransactionOutcome.TransportFailed, outbox);
                break;

            case SipTransactionEffectKind.Finish:
                Forget(transaction);
                TransactionUser.ReportFailure(transaction, effect.Outcome, outbox);
                break;

            default:
                throw Invariant.Unreachable(effect.Kind);
        }
    }

    private void Forget(SipTransaction transaction)
    {
        _flows.Remove(transaction);
        if (transaction is SipServerTransaction server)
        {
            _servers.Remove(server);
        }
        else if (transaction is SipClientTransaction client)
        {
            _clients.Remove(client.Key);
        }
    }
}
