using System.Net;

namespace Farspan.Sip;

/// <summary>
/// Finds the transactions that wait on a flow: a linked list for each peer, so that a stranger who opens and
/// closes connections does not make us search all of them.
/// </summary>
internal sealed class FlowIndex
{
    private readonly Dictionary<(SipTransport Transport, IPEndPoint Remote), SipTransaction> _firsts = [];

    public void Add(SipTransaction transaction)
    {
        ref var first = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            _firsts, PeerOf(transaction.Flow), out _);
        transaction.NextOnFlow = first;
        transaction.PreviousOnFlow = null;
        if (first is not null)
        {
            first.PreviousOnFlow = transaction;
        }

        first = transaction;
    }

    public void Remove(SipTransaction transaction)
    {
        if (transaction.NextOnFlow is { } next)
        {
            next.PreviousOnFlow = transaction.PreviousOnFlow;
        }

        if (transaction.PreviousOnFlow is { } previous)
        {
            previous.NextOnFlow = transaction.NextOnFlow;
        }
        else if (transaction.NextOnFlow is { } newFirst)
        {
            _firsts[PeerOf(transaction.Flow)] = newFirst;
        }
        else
        {
            _firsts.Remove(PeerOf(transaction.Flow));
        }

        transaction.NextOnFlow = null;
        transaction.PreviousOnFlow = null;
    }

    /// <summary>The transactions that the flow carries, oldest first.</summary>
    public List<SipTransaction> On(in SipFlow flow)
    {
        List<SipTransaction> found = [];
        for (var next = _firsts.GetValueOrDefault(PeerOf(flow)); next is not null; next = next.NextOnFlow)
        {
            if (flow.Carries(next.Flow))
            {
                found.Add(next);
            }
        }

        found.Reverse();
        return found;
    }

    private static (SipTransport Transport, IPEndPoint Remote) PeerOf(in SipFlow flow) =>
        (flow.Transport, flow.Remote);
}
