using Farspan.Calls;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// Everything that can happen to an edge, in the past tense. Inputs are values: a recording of them, with
/// their times, replays a failure exactly.
/// </summary>
public abstract record EdgeInput
{
    private EdgeInput()
    {
    }

    /// <summary>A SIP message came in, from a carrier or a connector.</summary>
    public sealed record SipReceived(SipFlow Flow, ReadOnlyMemory<byte> Message) : EdgeInput, ISipInput;

    /// <summary>A SIP connection broke or could not be opened; what was to be sent on it is lost.</summary>
    public sealed record SipFlowFailed(SipFlow Flow, string Reason) : EdgeInput;

    /// <summary>The media plane reports.</summary>
    public sealed record MediaReported(MediaEvent Event) : EdgeInput;

    /// <summary>A media worker did not run for this long although it had to.</summary>
    public sealed record MediaStalled(TimeSpan Gap, bool IsOver) : EdgeInput;

    /// <summary>The connectors that there are, from the configuration or the cluster.</summary>
    public sealed record ConnectorsChanged(IReadOnlyList<ConnectorTarget> Connectors) : EdgeInput;

    /// <summary>A life sign of a connector, by its name.</summary>
    public sealed record LifeSignReceived(string Connector) : EdgeInput;

    /// <summary>The operator lets the node finish: no new calls.</summary>
    public sealed record DrainRequested(bool IsDraining) : EdgeInput;
}
