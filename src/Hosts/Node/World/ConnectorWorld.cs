using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Observability;
using Farspan.Runtime;
using Farspan.Store;

namespace Farspan.Node;

/// <summary>
/// Performs the engine's effects with the real world's parts; each part answers by an input of its own.
/// </summary>
/// <remarks>
/// Requests that start or stop contacts wait behind the journal entries that came before them: after a crash
/// the journal knows of every contact there may be. Nothing else waits for the disk.
/// </remarks>
internal sealed class ConnectorWorld : INodeWorld<ConnectorEffect>
{
    public required SipPorts Sip { get; init; }

    public required Action<MediaCommand> Media { get; init; }

    public required ConnectGateway Connect { get; init; }

    public required SocketTable Sockets { get; init; }

    public required JournalFile Journal { get; init; }

    public required CallEventLog CallLog { get; init; }

    public required CallMetrics CallMetrics { get; init; }

    public required AvailabilityBoard Availability { get; init; }

    public void Perform(ConnectorEffect effect)
    {
        switch (effect)
        {
            case ConnectorEffect.TransmitSip transmit:
                Sip.Send(transmit.Flow, transmit.Message);
                break;
            case ConnectorEffect.CommandMedia command:
                Media(command.Command);
                break;
            case ConnectorEffect.WriteJournal write:
                Journal.Append(write.Entry);
                break;
            case ConnectorEffect.StartContact start:
                Journal.AfterCommit(() => Connect.Perform(start));
                break;
            case ConnectorEffect.StopContact stop:
                Journal.AfterCommit(() => Connect.Perform(stop));
                break;
            case ConnectorEffect.ShowAvailability show:
                Availability.Show(show.Availability);
                break;
            case ConnectorEffect.Report report:
                CallLog.Write(report.Event);
                CallMetrics.Count(report.Event);
                break;
            default:
                PerformForContact(effect);
                break;
        }
    }

    private void PerformForContact(ConnectorEffect effect)
    {
        switch (effect)
        {
            case ConnectorEffect.NoteEdgeMedia:
                // A sign of an edge's life: for whoever watches edges.
                break;
            case ConnectorEffect.ProbeInstance probe:
                Connect.Perform(probe);
                break;
            case ConnectorEffect.ConnectParticipant connect:
                Connect.Perform(connect);
                break;
            case ConnectorEffect.SendDigits digits:
                Connect.Perform(digits);
                break;
            case ConnectorEffect.UpdateAttributes update:
                Connect.Perform(update);
                break;
            case ConnectorEffect.OpenSocket open:
                Sockets.Perform(open);
                break;
            case ConnectorEffect.SendSocket send:
                Sockets.Perform(send);
                break;
            case ConnectorEffect.CloseSocket close:
                Sockets.Perform(close);
                break;
            default:
                throw Invariant.Unreachable(effect);
        }
    }
}
