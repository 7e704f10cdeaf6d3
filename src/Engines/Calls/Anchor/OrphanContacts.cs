using System.Net;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Contacts that an earlier process of this node left open and that an edge may have given to another node: nothing is
/// stopped before the edge has said that nobody has them (decision 0015).
/// </summary>
/// <remarks>
/// <code>
///  OPTIONS, Farspan-Call,  ─► Farspan-Contact: alive   another node has it, or will: ours no more
///  Farspan-Epoch           ─► Farspan-Contact: gone    nobody has it: stopped
///                          ─► anything else            asked again
/// </code>
/// A live caller is worth more than a contact too many: who gets no answer in time stops nothing.
/// </remarks>
internal sealed class OrphanContacts(SipTransactionLayer sip, CallPorts ports)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private readonly DeadlineQueue<Orphan> _deadlines = new();

    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    public Instant? Deadline => _deadlines.Next;

    /// <summary>Asks about a contact; without a way to ask it is left alone.</summary>
    public void Add(OpenContact open, Instant now)
    {
        var orphan = new Orphan(open, now + ports.Settings.Contact.SettleLimit);
        Ask(orphan, now);
    }

    public void Receive(SipClientTransaction transaction, SipResponse response, Instant now)
    {
        if (!response.IsFinal || transaction.Owner is not Orphan { IsSettled: false } orphan)
        {
            return;
        }

        response.TryGetHeader(ClusterHeaders.Contact, out var fate);
        switch (fate)
        {
            case ClusterHeaders.ContactAlive:
                Settle(orphan, ContactFate.HandedOver);
                break;
            case ClusterHeaders.ContactGone or ClusterHeaders.ContactEnded:
                orphan.IsSettled = true;
                _deadlines.Remove(orphan);
                ports.Desk.Recover(orphan.Open, now, ports.World);
                break;
            default:
                _deadlines.Set(orphan, now + AskAgain);
                break;
        }
    }

    public void Fail(SipClientTransaction transaction, Instant now)
    {
        if (transaction.Owner is Orphan { IsSettled: false } orphan)
        {
            _deadlines.Set(orphan, now + AskAgain);
        }
    }

    public void Expire(Instant now)
    {
        while (_deadlines.TryTakeDue(now, out var orphan))
        {
            if (orphan.GivesUpAt <= now)
            {
                Settle(orphan, ContactFate.Abandoned);
            }
            else
            {
                Ask(orphan, now);
            }
        }
    }

    private void Settle(Orphan orphan, ContactFate fate)
    {
        orphan.IsSettled = true;
        _deadlines.Remove(orphan);
        var open = orphan.Open;
        ports.World.Add(new ConnectorEffect.WriteJournal(new ContactJournalEntry.Settled(open.IntentId, fate)));
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            open.CallId, CallEventKind.ContactSettled, ("fate", fate), ("contactId", open.ContactId))));
    }

    private void Ask(Orphan orphan, Instant now)
    {
        var sharing = orphan.Open.Request.SharedWith!;
        if (FlowTo(sharing) is not { } flow || sip.SendRequest(Question(orphan.Open, flow), flow, now, ports.Sip)
            is not { } transaction)
        {
            _deadlines.Set(orphan, now + AskAgain);
            return;
        }

        transaction.Owner = orphan;
    }

    private SipRequest Question(OpenContact open, in SipFlow flow)
    {
        var us = new SipUri(null, flow.Local.Address, flow.Local.Port);
        var them = new SipUri(null, flow.Remote.Address, flow.Remote.Port);
        var tag = ports.Random.NextHex(16);
        return new SipRequestBuilder(SipMethod.Options, them)
        {
            From = new NameAddress(us).WithTag(tag),
            To = new NameAddress(them),
            CallId = $"{tag}-{open.CallId}",
            CSeqNumber = 1,
        }
            .AddVia(sip.CreateVia(flow))
            .AddHeader(ClusterHeaders.Call, open.CallId)
            .AddHeader(ClusterHeaders.Epoch, $"contact={open.Request.SharedWith!.Epoch}")
            .Build();
    }

    // Where the edge is now, if that is known; else where it was.
    private SipFlow? FlowTo(ContactSharing sharing)
    {
        var edges = ports.Anchor?.Edges ?? [];
        if (edges.FirstOrDefault(edge => edge.Node == sharing.Edge) is { } known)
        {
            return known.Flow;
        }

        var colon = sharing.Address.IndexOf(':');
        return colon > 0 && edges.Length > 0 && IPEndPoint.TryParse(sharing.Address[(colon + 1)..], out var remote)
            ? SipFlow.Connect(
                sharing.Address[..colon] == "tls" ? SipTransport.Tls : SipTransport.Tcp, edges[0].Flow.Local, remote)
            : null;
    }

    private sealed class Orphan(OpenContact open, Instant givesUpAt)
    {
        public OpenContact Open { get; } = open;

        public Instant GivesUpAt { get; } = givesUpAt;

        public bool IsSettled { get; set; }
    }
}
