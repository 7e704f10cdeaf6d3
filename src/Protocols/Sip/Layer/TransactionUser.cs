using Farspan.Kernel;
using static Farspan.Sip.SipLayerEffect;

namespace Farspan.Sip;

/// <summary>What the transaction user hears of a transaction (RFC 3261 §17).</summary>
internal static class TransactionUser
{
    public static void Deliver(SipTransaction transaction, SipMessage message, Outbox<SipLayerEffect> outbox)
    {
        switch (transaction, message)
        {
            case (SipClientTransaction { IsCancel: false } client, SipResponse response):
                outbox.Add(new ResponseReceived(client, response));
                break;

            case (SipServerTransaction server, SipRequest { Method: SipMethod.Ack } ack):
                outbox.Add(new AckReceived(ack, server.Flow));
                break;

            case (SipServerTransaction server, _):
                outbox.Add(new RequestReceived(server));
                break;

            default:
                // A response to our CANCEL: the INVITE's own final response says what happened.
                break;
        }
    }

    public static void ReportFailure(
        SipTransaction transaction, SipTransactionOutcome outcome, Outbox<SipLayerEffect> outbox)
    {
        if (outcome == SipTransactionOutcome.Completed)
        {
            return;
        }

        if (transaction is SipServerTransaction server)
        {
            outbox.Add(new ServerFailed(server, outcome));
        }
        else if (transaction is SipClientTransaction { IsCancel: false } client)
        {
            outbox.Add(new ClientFailed(client, outcome));
        }
    }
}
