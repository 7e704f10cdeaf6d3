using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>
/// All calls of one simulated carrier, without I/O and without a clock of its own: inputs carry the time,
/// what is to be done is in the outbox afterwards.
/// </summary>
/// <remarks>Source: RFC 3261 §8.1 and §13.2, as user agent client. Not thread-safe.</remarks>
internal sealed class CallerEngine
{
    private readonly CallerContext _context;
    private readonly Dictionary<long, OutgoingCall> _calls = [];
    private readonly Dictionary<string, OutgoingCall> _bySipCallId = [];
    private readonly DeadlineQueue<OutgoingCall> _deadlines = new();

    public CallerEngine(
        CarrierSettings settings, in SipFlow flow, RandomSource random, KeyMaterialSource keys) =>
        _context = new CallerContext(settings, flow, random, keys);

    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    public Instant? Deadline => Instant.Earlier(_context.Layer.Deadline, _deadlines.Next);

    /// <summary>Calls that have not ended.</summary>
    public int CallCount => _calls.Count;

    /// <summary>Places a call.</summary>
    /// <param name="id">Names it in effects; never used before.</param>
    /// <param name="plan">The call.</param>
    /// <param name="media">Where its audio is received.</param>
    /// <param name="now">The time.</param>
    /// <param name="outbox">Takes the effects.</param>
    public void Place(long id, CallPlan plan, LocalMedia media, Instant now, Outbox<CallerEffect> outbox)
    {
        var call = new OutgoingCall(id, plan, _context, media, now);
        _calls.Add(id, call);
        _bySipCallId.Add(call.SipCallId, call);
        call.Start(now);
        Settle(call, now, outbox);
    }

    /// <summary>Ends a call before its time; an unknown one has ended already.</summary>
    public void GiveUp(long id, Instant now, Outbox<CallerEffect> outbox)
    {
        if (_calls.TryGetValue(id, out var call))
        {
            call.GiveUp(now);
            Settle(call, now, outbox);
        }
    }

    public void Receive(in SipFlow flow, ReadOnlySpan<byte> bytes, Instant now, Outbox<CallerEffect> outbox)
    {
        _context.Layer.Receive(flow, bytes, now, _context.Outbox);
        Perform(now, outbox);
    }

    public void FailFlow(in SipFlow flow, Instant now, Outbox<CallerEffect> outbox)
    {
        _context.Layer.FailFlow(flow, now, _context.Outbox);
        Perform(now, outbox);
    }

    /// <summary>Fires everything that is due.</summary>
    public void Expire(Instant now, Outbox<CallerEffect> outbox)
    {
        _context.Layer.Expire(now, _context.Outbox);
        Perform(now, outbox);
        while (_deadlines.TryTakeDue(now, out var call))
        {
            call.Expire(now);
            Settle(call, now, outbox);
        }
    }

    private void Settle(OutgoingCall call, Instant now, Outbox<CallerEffect> outbox)
    {
        Perform(now, outbox);
        Schedule(call);
    }

    /// <summary>Performs what the layer asked for; calls may ask it for more while that goes on.</summary>
    private void Perform(Instant now, Outbox<CallerEffect> outbox)
    {
        while (_context.Outbox.Count > 0)
        {
            foreach (var effect in _context.Outbox.Drain())
            {
                Perform(effect, now);
            }
        }

        foreach (var effect in _context.Effects.Effects)
        {
            outbox.Add(effect);
        }

        _context.Effects.Clear();
    }

    private void Perform(SipLayerEffect effect, Instant now)
    {
        switch (effect)
        {
            case SipLayerEffect.Transmit(var flow, var message):
                _context.Effects.Add(new CallerEffect.Transmit(flow, message));
                break;

            case SipLayerEffect.ResponseReceived({ Owner: OutgoingCall call } transaction, var response):
                call.Receive(transaction, response, now);
                Schedule(call);
                break;

            case SipLayerEffect.ClientFailed({ Owner: OutgoingCall call } transaction, var outcome):
                call.Fail(transaction, outcome);
                Schedule(call);
                break;

            case SipLayerEffect.RequestReceived(var transaction):
                Answer(transaction, now);
                break;

            case SipLayerEffect.AckReceived(var ack, _)
                when _bySipCallId.TryGetValue(ack.CallId, out var call):
                call.ReceiveAck(ack);
                Schedule(call);
                break;

            default:
                // A message that made no sense, or a failure of a transaction whose call has ended.
                break;
        }
    }

    private void Answer(SipServerTransaction transaction, Instant now)
    {
        if (_bySipCallId.TryGetValue(transaction.Request.CallId, out var call))
        {
            call.Receive(transaction, now);
            Schedule(call);
            return;
        }

        var response = transaction.Request switch
        {
            { To.Tag: not null } => transaction.CreateResponse(481).Build(),
            { Method: SipMethod.Options } =>
                transaction.CreateResponse(200).AddHeader(SipHeader.Allow, CallerMessages.Allow).Build(),
            _ => CallerMessages.RefuseMethod(transaction),
        };
        _context.Layer.Respond(transaction, response, now, _context.Outbox);
    }

    private void Schedule(OutgoingCall call)
    {
        if (call.IsEnded)
        {
            _deadlines.Remove(call);
            _calls.Remove(call.Id);
            _bySipCallId.Remove(call.SipCallId);
        }
        else
        {
            _deadlines.Set(call, call.Deadline);
        }
    }
}
