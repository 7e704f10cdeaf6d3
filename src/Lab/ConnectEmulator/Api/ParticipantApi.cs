using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The operations of the Amazon Connect Participant Service (API reference); the bearer is checked here.
/// </summary>
public sealed class ParticipantApi
{
    private readonly EmulatorState _state;
    private readonly ApiGate _gate;
    private readonly SignalingServer _signaling;
    private readonly ContactLife _life;

    internal ParticipantApi(EmulatorState state, ApiGate gate, SignalingServer signaling, ContactLife life)
    {
        _state = state;
        _gate = gate;
        _signaling = signaling;
        _life = life;
    }

    /// <summary>CreateParticipantConnection: the bearer is the ParticipantToken.</summary>
    public ApiReply<ParticipantConnection> CreateParticipantConnection(
        string? bearer,
        CreateParticipantConnectionRequest request,
        Instant now,
        Outbox<ConnectEffect> outbox) =>
        _gate.Pass<ParticipantConnection>(ConnectOperation.CreateParticipantConnection, now, outbox, () =>
        {
            if (_state.FindParticipant(bearer) is not { } participant
                || participant.Token != bearer
                || !IsAdmitted(participant, now))
            {
                return ApiError.AccessDenied("the participant token is not valid");
            }

            var types = request.Type ?? [];
            if (types.Count == 0 || !types.All(IsKnownType))
            {
                return ApiError.Validation("Type: CONNECTION_CREDENTIALS or WEBRTC_CONNECTION is needed");
            }

            return Connect(participant, types, now);
        });

    /// <summary>
    /// SendMessage: the bearer is a ConnectionToken; the only content taken is <c>audio/dtmf</c>.
    /// </summary>
    public ApiReply<SentMessage> SendMessage(
        string? bearer, SendMessageRequest request, Instant now, Outbox<ConnectEffect> outbox) =>
        _gate.Pass<SentMessage>(ConnectOperation.SendMessage, now, outbox, () =>
        {
            if (Connected(bearer, now) is not { } participant)
            {
                return ApiError.AccessDenied("the connection token is not valid");
            }

            if (FindFault(request) is { } fault)
            {
                return fault;
            }

            if (participant.FindMessage(request.ClientToken) is { } sent)
            {
                return sent;
            }

            var message = new SentMessage(Identifiers.Uuid(_state.Random), _state.Log.WallClock(now));
            participant.Remember(request.ClientToken, message);
            _life.TakeDigits(participant.Contact, request.Content!, now, outbox);
            return message;
        });

    /// <summary>
    /// DisconnectParticipant: the participant leaves, and no token of theirs works any more.
    /// </summary>
    public ApiReply<Acknowledgement> DisconnectParticipant(
        string? bearer, Instant now, Outbox<ConnectEffect> outbox) =>
        _gate.Pass<Acknowledgement>(ConnectOperation.DisconnectParticipant, now, outbox, () =>
        {
            if (Connected(bearer, now) is not { } participant)
            {
                return ApiError.AccessDenied("the connection token is not valid");
            }

            participant.IsDisconnected = true;
            _signaling.Dismiss(participant.Attendee, now, outbox);
            _life.FollowPresence(participant.Attendee, now, outbox);
            return Acknowledgement.Instance;
        });

    private ParticipantConnection Connect(Participant participant, IReadOnlyList<string> types, Instant now)
    {
        var lifetime = _state.Settings.Contacts.ConnectionTokenLifetime;
        var wantsToken = types.Contains("CONNECTION_CREDENTIALS");
        var token = wantsToken ? _state.AddConnectionToken(participant, now + lifetime) : null;
        var attendee = participant.Attendee;
        return new ParticipantConnection(
            token,
            wantsToken ? _state.Log.WallClock(now) + lifetime : null,
            types.Contains("WEBRTC_CONNECTION")
                ? new MeetingJoin(attendee.Meeting.Id, attendee.Id, attendee.JoinToken)
                : null);
    }

    private ApiError? FindFault(SendMessageRequest request)
    {
        var behavior = _state.Settings.Contacts;
        if (request.ContentType != "audio/dtmf")
        {
            return ApiError.Validation("ContentType: a WebRTC contact takes audio/dtmf only");
        }

        if (string.IsNullOrEmpty(request.Content) || request.Content.Length > behavior.DtmfMaxLength)
        {
            return ApiError.Validation($"Content: 1 to {behavior.DtmfMaxLength} characters");
        }

        return request.Content.All(digit => behavior.DtmfAlphabet.Contains(digit))
            ? null
            : ApiError.Validation($"Content: only {behavior.DtmfAlphabet}");
    }

    private Participant? Connected(string? bearer, Instant now) =>
        _state.FindParticipant(bearer) is { } participant
        && participant.IsValidConnectionToken(bearer!, now)
        && IsAdmitted(participant, now)
            ? participant
            : null;

    private bool IsAdmitted(Participant participant, Instant now) =>
        !participant.IsDisconnected
        && participant.Contact.IsLive
        && _state.HasValidCredentials(participant.Attendee, now);

    private static bool IsKnownType(string type) =>
        type is "CONNECTION_CREDENTIALS" or "WEBRTC_CONNECTION" or "WEBSOCKET";
}
