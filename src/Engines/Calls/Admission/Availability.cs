using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Judges whether a node can take a call: it is not on its way out, it has room, and at least one instance
/// of Amazon Connect works and has quota left. Comes back by itself as soon as that is so again.
/// </summary>
/// <remarks>
/// Only the node's own state and room refuse an INVITE at once (<see cref="Refusal"/>). A call that comes
/// although Connect is out of reach or its quota used up may ring for a while: it may yet succeed.
/// </remarks>
public sealed class Availability(CallTable calls, ContactDesk desk, int callsMax)
{
    private NodeAvailability _told = NodeAvailability.Available;

    /// <summary>Set while the node lets its calls end and takes no new ones.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Set when the node ends its calls; for good.</summary>
    public bool IsStopping { get; set; }

    /// <summary>What an INVITE is refused with, whatever its route; null: nothing.</summary>
    public CallOutcome? Refusal =>
        IsStopping ? CallOutcome.NodeStopping
        : IsDraining || calls.Count >= callsMax ? CallOutcome.NotAccepting
        : null;

    public NodeAvailability Judge() =>
        IsStopping ? new NodeAvailability(CallOutcome.NodeStopping, "the node is stopping", null)
        : IsDraining ? new NodeAvailability(CallOutcome.NotAccepting, "the node is draining", null)
        : calls.Count >= callsMax
            ? new NodeAvailability(CallOutcome.NotAccepting, $"all {callsMax} calls are taken", null)
        : desk.Judge();

    /// <summary>What edges are told, who share their calls out by it.</summary>
    public LoadReport Report() => new(
        calls.Count, callsMax, desk.Governors.Values.Sum(governor => Math.Max(0, governor.SlotsLeft)),
        IsDraining || IsStopping);

    /// <summary>Judges; true if the judgement is another one than when it was last asked.</summary>
    public bool TryTell(out NodeAvailability judgement)
    {
        judgement = Judge();
        var isNews = judgement != _told;
        _told = judgement;
        return isNews;
    }
}
