using Farspan.Calls;
using Farspan.Kernel;

namespace Farspan.Edges;

/// <summary>
/// Judges whether an edge can take a call: it is not on its way out, it has room, and at least one connector
/// takes calls and has quota left. Comes back by itself as soon as that is so again.
/// </summary>
public sealed class EdgeAvailability(EdgeCallTable calls, Distributor distributor, int callsMax)
{
    private NodeAvailability _told = NodeAvailability.Available;

    /// <summary>Set while the node lets its calls end and takes no new ones.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Set when the node ends its calls; for good.</summary>
    public bool IsStopping { get; set; }

    /// <summary>What an INVITE is refused with at once; null: nothing.</summary>
    public CallOutcome? Refusal =>
        IsStopping ? CallOutcome.NodeStopping
        : IsDraining || calls.Count >= callsMax ? CallOutcome.NotAccepting
        : null;

    public NodeAvailability Judge(Instant now)
    {
        var takers = distributor.Targets.Where(target => target.IsAvailable(now)).ToArray();
        return IsStopping ? new NodeAvailability(CallOutcome.NodeStopping, "the node is stopping", null)
            : IsDraining ? new NodeAvailability(CallOutcome.NotAccepting, "the node is draining", null)
            : calls.Count >= callsMax
                ? new NodeAvailability(CallOutcome.NotAccepting, $"all {callsMax} calls are taken", null)
            : takers.Length == 0
                ? new NodeAvailability(CallOutcome.NotAccepting, "no connector takes calls", null)
            : !takers.Any(target => target.HasQuota)
                ? new NodeAvailability(CallOutcome.QuotaWait, "no connector has Connect quota left", null)
            : NodeAvailability.Available;
    }

    /// <summary>Judges; true if the judgement is another one than when it was last asked.</summary>
    public bool TryTell(Instant now, out NodeAvailability judgement)
    {
        judgement = Judge(now);
        var isNews = judgement != _told;
        _told = judgement;
        return isNews;
    }
}
