using Farspan.Calls;
using Farspan.Edges;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Node;

/// <summary>What SIP listeners and the media plane tell the loop of a node. Any thread.</summary>
internal interface INodeInbox
{
    void SipReceived(in SipFlow flow, ReadOnlyMemory<byte> message);

    void SipFlowFailed(in SipFlow flow, string reason);

    void MediaReported(MediaEvent media);

    void MediaStalled(TimeSpan gap, bool isOver);
}

/// <summary>The inbox of a connector.</summary>
internal sealed class ConnectorInbox(Action<ConnectorInput> post) : INodeInbox
{
    public void SipReceived(in SipFlow flow, ReadOnlyMemory<byte> message) =>
        post(new ConnectorInput.SipReceived(flow, message));

    public void SipFlowFailed(in SipFlow flow, string reason) =>
        post(new ConnectorInput.SipFlowFailed(flow, reason));

    public void MediaReported(MediaEvent media) => post(new ConnectorInput.MediaReported(media));

    public void MediaStalled(TimeSpan gap, bool isOver) => post(new ConnectorInput.MediaStalled(gap, isOver));
}

/// <summary>The inbox of an edge.</summary>
internal sealed class EdgeInbox(Action<EdgeInput> post) : INodeInbox
{
    public void SipReceived(in SipFlow flow, ReadOnlyMemory<byte> message) =>
        post(new EdgeInput.SipReceived(flow, message));

    public void SipFlowFailed(in SipFlow flow, string reason) =>
        post(new EdgeInput.SipFlowFailed(flow, reason));

    public void MediaReported(MediaEvent media) => post(new EdgeInput.MediaReported(media));

    public void MediaStalled(TimeSpan gap, bool isOver) => post(new EdgeInput.MediaStalled(gap, isOver));
}
