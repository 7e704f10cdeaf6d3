using Farspan.Edges;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Observability;
using Farspan.Runtime;

namespace Farspan.Node;

/// <summary>Performs the edge's effects with the real world's parts.</summary>
internal sealed class EdgeWorld : INodeWorld<EdgeEffect>
{
    public required SipPorts Sip { get; init; }

    public required Action<MediaCommand> Media { get; init; }

    public required CallEventLog CallLog { get; init; }

    public required CallMetrics CallMetrics { get; init; }

    public required AvailabilityBoard Availability { get; init; }

    public void Perform(EdgeEffect effect)
    {
        switch (effect)
        {
            case EdgeEffect.TransmitSip transmit:
                Sip.Send(transmit.Flow, transmit.Message);
                break;
            case EdgeEffect.CommandMedia command:
                Media(command.Command);
                break;
            case EdgeEffect.ShowAvailability show:
                Availability.Show(show.Availability);
                break;
            case EdgeEffect.Report report:
                CallLog.Write(report.Event);
                CallMetrics.Count(report.Event);
                break;
            default:
                throw Invariant.Unreachable(effect);
        }
    }
}
