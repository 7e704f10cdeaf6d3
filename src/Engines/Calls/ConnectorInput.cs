using Farspan.Cluster;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Everything that can happen to a connector, in the past tense. Inputs are values: a recording of them,
/// with their times, replays a failure exactly.
/// </summary>
public abstract record ConnectorInput
{
    private ConnectorInput()
    {
    }

    /// <summary>A SIP message came in: a datagram, or a message cut out of a stream.</summary>
    public sealed record SipReceived(SipFlow Flow, ReadOnlyMemory<byte> Message)
        : ConnectorInput, ISipInput;

    /// <summary>A SIP connection broke or could not be opened; what was to be sent on it is lost.</summary>
    public sealed record SipFlowFailed(SipFlow Flow, string Reason) : ConnectorInput;

    /// <summary>The media plane reports.</summary>
    public sealed record MediaReported(MediaEvent Event) : ConnectorInput;

    /// <summary>
    /// A media worker did not run for this long although it had to (over), or still does not: peers may have
    /// taken the node for dead meanwhile.
    /// </summary>
    public sealed record MediaStalled(TimeSpan Gap, bool IsOver) : ConnectorInput;

    /// <summary>StartWebRTCContact succeeded.</summary>
    public sealed record ContactStarted(string IntentId, StartedContact Contact) : ConnectorInput;

    /// <summary>StartWebRTCContact failed, or its outcome is unknown.</summary>
    public sealed record ContactStartFailed(string IntentId, ConnectError Error) : ConnectorInput;

    /// <summary>StopContact succeeded (null) or failed.</summary>
    public sealed record ContactStopCompleted(string IntentId, ConnectError? Error) : ConnectorInput;

    /// <summary>An instance was asked whether it works: null if it does.</summary>
    public sealed record InstanceProbed(string InstanceId, ConnectError? Error) : ConnectorInput;

    /// <summary>CreateParticipantConnection gave the token that SendMessage needs, or failed.</summary>
    public sealed record ParticipantConnected(string CallId, ConnectResult<ParticipantConnection> Result)
        : ConnectorInput;

    /// <summary>SendMessage succeeded (null) or failed.</summary>
    public sealed record DigitsSent(string CallId, ConnectError? Error) : ConnectorInput;

    /// <summary>UpdateContactAttributes succeeded (null) or failed.</summary>
    public sealed record AttributesUpdated(string CallId, ConnectError? Error) : ConnectorInput;

    /// <summary>The signalling WebSocket is open.</summary>
    public sealed record SocketOpened(SocketId Socket) : ConnectorInput;

    /// <summary>The upgrade was answered with something else than 101.</summary>
    public sealed record SocketRefused(SocketId Socket, int HttpStatus) : ConnectorInput;

    /// <summary>A binary message came over the signalling WebSocket.</summary>
    public sealed record SocketReceived(SocketId Socket, ReadOnlyMemory<byte> Message)
        : ConnectorInput, ISipInput;

    /// <summary>The signalling WebSocket is closed, or could not be opened (code 1006).</summary>
    public sealed record SocketClosed(SocketId Socket, int Code, string Reason) : ConnectorInput;

    /// <summary>An edge is dead, or cut off from us: its callers are to be adopted by others.</summary>
    public sealed record EdgeDied(string Node, PeerDeath Cause) : ConnectorInput;

    /// <summary>The operator lets the node finish: no new calls.</summary>
    public sealed record DrainRequested(bool IsDraining) : ConnectorInput;
}

/// <summary>A signalling WebSocket: the call it belongs to and its number in the Chime session.</summary>
public readonly record struct SocketId(string CallId, int Number);
