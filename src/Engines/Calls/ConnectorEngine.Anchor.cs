using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Calls;

/// <content>The node as one of a cluster: its own gaps, and the deaths of edges (decision 0015).</content>
public sealed partial class ConnectorEngine
{
    private readonly OrphanContacts _orphans;
    private LoopPulse? _pulse;

    private Instant? ClusterDeadline => Instant.Earlier(PulseDeadline, _orphans.Deadline);

    // While there is a call that somebody could take over, the loop must notice that it did not run.
    private Instant? PulseDeadline => _calls.AnchoredCount > 0 ? _pulse?.Deadline : null;

    private void NoteTurn(Instant now)
    {
        if (_ports.Anchor is not { } anchor)
        {
            return;
        }

        // Without calls nobody turns the loop, and there is nothing to fence.
        if (_calls.AnchoredCount == 0)
        {
            _pulse = null;
            return;
        }

        _pulse ??= new LoopPulse(anchor.Liveness);
        _pulse.Turn(now, out var gap);
        if (gap <= anchor.Liveness.GapMax)
        {
            return;
        }

        foreach (var call in _calls.All.Where(call => call.IsAnchored).ToArray())
        {
            Guard(call, now, () => call.Doubt(now), isUrgent: true);
        }
    }

    // What an edge may have given to another node is not stopped before that edge was asked.
    private void RecoverContact(OpenContact contact, Instant now)
    {
        if (contact.Request.SharedWith is null)
        {
            _ports.Desk.Recover(contact, now, _ports.World);
        }
        else
        {
            _orphans.Add(contact, now);
        }
    }

    private void LoseEdge(ConnectorInput.EdgeDied died, Instant now)
    {
        foreach (var call in _calls.All.Where(call => call.EdgeNode == died.Node).ToArray())
        {
            Guard(call, now, () => call.LoseEdge(died.Node, $"{died.Cause}", now));
        }
    }
}
