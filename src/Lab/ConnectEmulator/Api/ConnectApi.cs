using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>The operations of Amazon Connect (API reference), after authentication.</summary>
public sealed class ConnectApi
{
    private readonly EmulatorState _state;
    private readonly ApiGate _gate;
    private readonly ContactLife _life;
    private readonly ClientTokens _clientTokens = new();

    internal ConnectApi(EmulatorState state, ApiGate gate, ContactLife life)
    {
        _state = state;
        _gate = gate;
        _life = life;
    }

    /// <summary>StartWebRTCContact: idempotent by ClientToken.</summary>
    public ApiReply<StartedWebRtcContact> StartWebRtcContact(
        StartWebRtcContactRequest request, Instant now, Outbox<ConnectEffect> outbox) =>
        _gate.Pass(ConnectOperation.StartWebRtcContact, now, outbox, () => Start(request, now, outbox));

    /// <summary>StopContact: a contact that has ended is "not found", as one that never was.</summary>
    public ApiReply<Acknowledgement> StopContact(
        StopContactRequest request, Instant now, Outbox<ConnectEffect> outbox) =>
        _gate.Pass<Acknowledgement>(ConnectOperation.StopContact, now, outbox, () =>
        {
            if (Find(request.InstanceId, request.ContactId) is not { IsLive: true } contact)
            {
                return ApiError.ContactNotFound(request.ContactId ?? "");
            }

            _life.End(contact, ContactEnd.Stopped, now, outbox);
            return Acknowledgement.Instance;
        });

    public ApiReply<Acknowledgement> UpdateContactAttributes(
        UpdateContactAttributesRequest request, Instant now, Outbox<ConnectEffect> outbox) =>
        _gate.Pass<Acknowledgement>(ConnectOperation.UpdateContactAttributes, now, outbox, () =>
        {
            if (request.Attributes is not { } attributes)
            {
                return ApiError.InvalidParameter("Attributes is required");
            }

            if (Find(request.InstanceId, request.InitialContactId) is not { } contact)
            {
                return ApiError.NotFound($"no contact {request.InitialContactId}");
            }

            if (AttributeRules.FindFault(contact.Attributes, attributes) is { } fault)
            {
                return fault;
            }

            SetAttributes(contact, attributes, now, outbox);
            return Acknowledgement.Instance;
        });

    public ApiReply<ContactAttributes> GetContactAttributes(
        string? instanceId, string? initialContactId, Instant now, Outbox<ConnectEffect> outbox) =>
        _gate.Pass<ContactAttributes>(ConnectOperation.GetContactAttributes, now, outbox, () =>
            Find(instanceId, initialContactId) is { } contact
                ? new ContactAttributes([.. contact.Attributes])
                : ApiError.NotFound($"no contact {initialContactId}"));

    /// <summary>CreateParticipant: a further customer, once the first one talks to an agent.</summary>
    public ApiReply<CreatedParticipant> CreateParticipant(
        CreateParticipantRequest request, Instant now, Outbox<ConnectEffect> outbox) =>
        _gate.Pass<CreatedParticipant>(ConnectOperation.CreateParticipant, now, outbox, () =>
        {
            if (request.ParticipantDetails is not { ParticipantRole: "CUSTOMER", DisplayName.Length: > 0 })
            {
                return ApiError.InvalidRequest("ParticipantDetails: a CUSTOMER with a DisplayName is needed");
            }

            if (Find(request.InstanceId, request.ContactId) is not { } contact)
            {
                return ApiError.NotFound($"no contact {request.ContactId}");
            }

            if (contact.State != ContactState.ConnectedToAgent)
            {
                return ApiError.Conflict("the contact is not connected to an agent");
            }

            var participants = contact.Meeting.Attendees.Count(IsTakingPart);
            if (participants >= _state.Settings.Quotas.ParticipantsPerContact)
            {
                return ApiError.QuotaExceeded("the contact has as many participants as it may have");
            }

            var participant = _state.AddParticipant(contact);
            var expiry = _state.Log.WallClock(now) + _state.Settings.Contacts.ConnectionTokenLifetime;
            return new CreatedParticipant(participant.Id, participant.Token, expiry);
        });

    private ApiReply<StartedWebRtcContact> Start(
        StartWebRtcContactRequest request, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (FindFault(request) is { } fault)
        {
            return fault;
        }

        var behavior = _state.Settings.Contacts;
        var known =
            _clientTokens.Find(request.InstanceId!, request.ClientToken, behavior.ClientTokenLifetime, now);
        if (known is not null)
        {
            return Repeat(known);
        }

        if (FindFlow(request.ContactFlowId!) is not { } flow)
        {
            return ApiError.NotFound($"no flow {request.ContactFlowId}");
        }

        if (_state.CountLive(request.InstanceId!) >= _state.Settings.Quotas.ConcurrentCalls)
        {
            return ApiError.LimitExceeded("concurrent active calls");
        }

        var contact = new Contact(
            Identifiers.Uuid(_state.Random), Identifiers.Uuid(_state.Random), request, flow, _state.Agenda);
        _state.Add(contact);
        var customer = _state.AddParticipant(contact);
        _life.Start(contact, now, outbox);
        SetAttributes(contact, request.Attributes, now, outbox);
        var answer = Answer(customer);
        _clientTokens.Add(request.InstanceId!, request.ClientToken, answer, now);
        return answer;
    }

    private StartedWebRtcContact Repeat(StartedWebRtcContact known)
    {
        var contact = _state.FindContact(known.ContactId);
        switch (_state.Settings.Contacts.RepeatedClientToken)
        {
            case RepeatedClientToken.NewCredentials when contact is { IsLive: true }:
                var customer = contact.Participants[0];
                _state.RenewCredentials(customer);
                return Answer(customer);

            case RepeatedClientToken.SameAnswer:
                return known;

            default:
                return new StartedWebRtcContact(known.ContactId, null, null, null);
        }
    }

    private static StartedWebRtcContact Answer(Participant customer)
    {
        var attendee = customer.Attendee;
        var join = new MeetingJoin(attendee.Meeting.Id, attendee.Id, attendee.JoinToken);
        return new StartedWebRtcContact(customer.Contact.Id, customer.Id, customer.Token, join);
    }

    private ApiError? FindFault(StartWebRtcContactRequest request)
    {
        if (string.IsNullOrEmpty(request.InstanceId) || string.IsNullOrEmpty(request.ContactFlowId))
        {
            return ApiError.InvalidParameter("InstanceId and ContactFlowId are required");
        }

        var displayName = request.ParticipantDetails?.DisplayName;
        if (displayName is not { Length: > 0 and <= EmulatorLimits.DisplayNameChars })
        {
            return ApiError.InvalidParameter(
                "ParticipantDetails.DisplayName: 1 to 256 characters are required");
        }

        if (request.ClientToken is { Length: > EmulatorLimits.ClientTokenChars })
        {
            return ApiError.InvalidParameter("ClientToken: at most 500 characters");
        }

        if (_state.Settings.InstanceIds is { Count: > 0 } instances && !instances.Contains(
            request.InstanceId))
        {
            return ApiError.NotFound($"no instance {request.InstanceId}");
        }

        return request.Attributes is null
            ? null
            : AttributeRules.FindFault(new Dictionary<string, string>(), request.Attributes);
    }

    /// <summary>By id, or by an ARN that ends with it.</summary>
    private ContactFlow? FindFlow(string id)
    {
        var flows = _state.Settings.Flows;
        var name = id[(id.LastIndexOf('/') + 1)..];
        return flows.FirstOrDefault(flow => flow.Id == name)
            ?? (_state.Settings.Contacts.AcceptsUnknownFlows ? flows[0] : null);
    }

    private Contact? Find(string? instanceId, string? contactId) =>
        _state.FindContact(contactId) is { } contact && contact.InstanceId == instanceId ? contact : null;

    private void SetAttributes(
        Contact contact,
        IReadOnlyDictionary<string, string>? attributes,
        Instant now,
        Outbox<ConnectEffect> outbox)
    {
        foreach (var (key, value) in attributes ?? new Dictionary<string, string>())
        {
            _life.SetAttribute(contact, key, value, now, outbox);
        }
    }

    private static bool IsTakingPart(Attendee attendee) => attendee.Presence != AttendeePresence.Left;
}
