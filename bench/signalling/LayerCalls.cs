using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Bench;

/// <summary>
/// Calls through the SIP transaction layer alone: the transaction user answers at once and keeps nothing.
/// </summary>
internal sealed class LayerCalls : ICallRunner
{
    private readonly CarrierScript _carrier = new();
    private readonly Outbox<SipLayerEffect> _outbox = new();
    private readonly SipTransactionLayer _layer =
        new(SipLayerLimits.Default, SipTimings.Default, new RandomSource(1));

    private readonly byte[] _answer =
        "v=0\r\no=- 1 1 IN IP4 203.0.113.7\r\ns=-\r\nc=IN IP4 203.0.113.7\r\nt=0 0\r\n"u8.ToArray();

    private readonly NameAddress _contact;
    private Instant _now = Instant.Zero;

    public LayerCalls()
    {
        Invariant.Require(NameAddress.TryParse("<sip:203.0.113.7:5060>"u8, out var contact));
        _contact = contact;
    }

    public long Finished { get; private set; }

    public void Run(int number, TimeSpan interval)
    {
        _carrier.Begin(number);
        Take(_carrier.Invite);
        Take(_carrier.Ack);
        Take(_carrier.Bye);
        for (_now += interval; _layer.Deadline is { } deadline && deadline <= _now;)
        {
            _layer.Expire(_now, _outbox);
            Perform();
        }
    }

    private void Take(ReadOnlyMemory<byte> message)
    {
        _layer.Receive(CarrierScript.Flow, message.Span, _now, _outbox);
        Perform();
    }

    private void Perform()
    {
        for (var i = 0; i < _outbox.Count; i++)
        {
            switch (_outbox[i])
            {
                case SipLayerEffect.RequestReceived { Transaction: var invite }
                    when invite.Request.Method == SipMethod.Invite:
                    Respond(invite, 180);
                    Respond(invite, 200);
                    break;
                case SipLayerEffect.RequestReceived { Transaction: var bye }:
                    _layer.Respond(bye, bye.CreateResponse(200).Build(), _now, _outbox);
                    Finished++;
                    break;
                case SipLayerEffect.Transmit transmit:
                    _carrier.Learn(transmit.Message.Span);
                    break;
            }
        }

        _outbox.Clear();
    }

    private void Respond(SipServerTransaction invite, int statusCode)
    {
        var response = invite.CreateResponse(statusCode).WithContact(_contact);
        response = statusCode == 200 ? response.WithBody("application/sdp", _answer) : response;
        _layer.Respond(invite, response.Build(), _now, _outbox);
    }
}
