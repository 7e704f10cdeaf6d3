using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Everything a connector asks of the world, in the imperative. The owner performs effects in their order;
/// what takes time comes back as a <see cref="ConnectorInput"/>.
/// </summary>
public abstract record ConnectorEffect
{
    private ConnectorEffect()
    {
    }

    /// <summary>Send a SIP message; never waits.</summary>
    public sealed record TransmitSip(SipFlow Flow, ReadOnlyMemory<byte> Message) : ConnectorEffect;

    /// <summary>Hand a command to the media plane.</summary>
    public sealed record CommandMedia(MediaCommand Command) : ConnectorEffect;

    /// <summary>Write to the contact journal, on disk before the next effect is performed.</summary>
    public sealed record WriteJournal(ContactJournalEntry Entry) : ConnectorEffect;

    /// <summary>Call StartWebRTCContact.</summary>
    public sealed record StartContact(string IntentId, StartContactRequest Request) : ConnectorEffect;

    /// <summary>Call StopContact.</summary>
    public sealed record StopContact(string IntentId, string InstanceId, string ContactId) : ConnectorEffect;

    /// <summary>
    /// Ask an instance that is out of use whether it works, by a request that changes nothing.
    /// </summary>
    public sealed record ProbeInstance(string InstanceId) : ConnectorEffect;

    /// <summary>Call CreateParticipantConnection for the token that SendMessage needs.</summary>
    public sealed record ConnectParticipant(
        string CallId, string InstanceId, Redacted<string> ParticipantToken)
        : ConnectorEffect;

    /// <summary>Call SendMessage with ContentType <c>audio/dtmf</c>.</summary>
    public sealed record SendDigits(
        string CallId,
        string InstanceId,
        Redacted<string> ConnectionToken,
        string Digits,
        string ClientToken) : ConnectorEffect;

    /// <summary>Call UpdateContactAttributes.</summary>
    public sealed record UpdateAttributes(
        string CallId, string InstanceId, string ContactId, ContactAttributes Attributes) : ConnectorEffect;

    /// <summary>Open the Chime signalling WebSocket.</summary>
    /// <param name="Socket">Names it in the inputs that follow.</param>
    /// <param name="Url">Without anything secret.</param>
    /// <param name="SubProtocols">The first is to be selected by the server; the second is the join
    /// token.</param>
    public sealed record OpenSocket(SocketId Socket, string Url, Redacted<IReadOnlyList<string>> SubProtocols)
        : ConnectorEffect;

    /// <summary>Send a binary message on it.</summary>
    public sealed record SendSocket(SocketId Socket, ReadOnlyMemory<byte> Message) : ConnectorEffect;

    /// <summary>Close it (RFC 6455 §7.4); nothing more is expected from it.</summary>
    public sealed record CloseSocket(SocketId Socket, int Code) : ConnectorEffect;

    /// <summary>Show whether calls are taken; comes whenever that has changed.</summary>
    public sealed record ShowAvailability(NodeAvailability Availability) : ConnectorEffect;

    /// <summary>Media of an edge flows in a call, or does not any more: a sign of the edge's life.</summary>
    public sealed record NoteEdgeMedia(string Node, string CallId, bool IsFlowing) : ConnectorEffect;

    /// <summary>Something worth a line in the log and a count.</summary>
    public sealed record Report(CallEvent Event) : ConnectorEffect;
}
