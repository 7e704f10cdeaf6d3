using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Amazon Connect as far as a WebRTC contact sees it: the API, the participant service, Chime signalling,
/// flows,
/// queues and agents of one account. (State, input, now) → effects: no I/O, no clock, repeatable from a seed.
/// </summary>
/// <remarks>
/// <para>The owner performs the effects in order, feeds back what sockets and media do, and calls
/// <see cref="Expire"/> at <see cref="Deadline"/>. Not thread-safe.</para>
/// <para>API operations return their answer; what else they cause is in the outbox, and is to be performed
/// even if the answer is refused or lost.</para>
/// </remarks>
public sealed class ConnectService
{
    private readonly EmulatorState _state;
    private readonly SignalingServer _signaling;
    private readonly ContactLife _life;

    /// <summary>Creates the service; built-in agents come with <see cref="Start"/>.</summary>
    /// <param name="settings">Checked by the caller with <see
    /// cref="ConnectEmulatorSettings.FindFault"/>.</param>
    /// <param name="random">Makes identifiers and tokens.</param>
    /// <param name="origin">What the wall clock shows at <see cref="Instant.Zero"/>.</param>
    public ConnectService(ConnectEmulatorSettings settings, RandomSource random, DateTimeOffset origin)
    {
        _state = new EmulatorState(settings, random, origin);
        var roster = new Roster(_state);
        var desk = new AgentDesk(_state);
        var gate = new ApiGate(_state);
        _signaling = new SignalingServer(_state, new SignalingConnections(_state, roster), roster);
        _life = new ContactLife(_state, _signaling, roster, desk);
        Connect = new ConnectApi(_state, gate, _life);
        Participants = new ParticipantApi(_state, gate, _signaling, _life);
        Agents = new AgentApi(_state, desk, _life);
    }

    public ConnectApi Connect { get; }

    public ParticipantApi Participants { get; }

    public AgentApi Agents { get; }

    public FaultPlan Faults => _state.Faults;

    public ConnectEmulatorSettings Settings => _state.Settings;

    /// <summary>Every contact still remembered, oldest first.</summary>
    public IEnumerable<ContactView> Contacts => _state.Contacts.Select(contact => contact.View);

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _state.Agenda.Next;

    /// <summary>Brings the built-in agents in. Call once, first.</summary>
    public void Start(Instant now, Outbox<ConnectEffect> outbox) => Agents.HireBuiltIn(now, outbox);

    /// <summary>Changes the settings, for contacts under way too.</summary>
    public void Change(ConnectEmulatorSettings settings, Instant now, Outbox<ConnectEffect> outbox)
    {
        var hasNewAgents = !settings.Agents.SequenceEqual(_state.Settings.Agents);
        _state.Settings = settings;
        if (hasNewAgents)
        {
            Agents.HireBuiltIn(now, outbox);
        }
    }

    /// <summary>Null if there is no such contact.</summary>
    public ContactView? FindContact(string contactId) => _state.FindContact(contactId)?.View;

    /// <summary>The remembered events whose number is higher.</summary>
    public IEnumerable<ConnectEvent> EventsAfter(long sequence) => _state.Log.After(sequence);

    /// <summary>A client asks for a WebSocket at <c>/control/{meetingId}</c>.</summary>
    public SocketAdmission OpenSocket(
        string meetingId, string? joinToken, Instant now, Outbox<ConnectEffect> outbox) =>
        _signaling.Open(meetingId, joinToken, now, outbox);

    /// <summary>A binary message came; what is no frame is dropped.</summary>
    public void Receive(
        SocketId socket, ReadOnlySpan<byte> message, Instant now, Outbox<ConnectEffect> outbox) =>
        Follow(_signaling.Receive(socket, message, now, outbox), now, outbox);

    /// <summary>The client closed, or the connection broke.</summary>
    public void SocketClosed(SocketId socket, string reason, Instant now, Outbox<ConnectEffect> outbox) =>
        _signaling.SocketClosed(socket, reason, now, outbox);

    /// <summary>See <see cref="IMeetingMediaEvents.Answered"/>.</summary>
    public void Answered(SocketId connection, string sdpAnswer, Instant now, Outbox<ConnectEffect> outbox) =>
        _signaling.Answered(connection, sdpAnswer, now, outbox);

    /// <summary>See <see cref="IMeetingMediaEvents.Refused"/>.</summary>
    public void Refused(SocketId connection, string reason, Instant now, Outbox<ConnectEffect> outbox) =>
        _signaling.OfferRefused(connection, reason, now, outbox);

    /// <summary>See <see cref="IMeetingMediaEvents.Connected"/>.</summary>
    public void MediaConnected(SocketId connection, Instant now, Outbox<ConnectEffect> outbox) =>
        Follow(_signaling.MediaConnected(connection, now, outbox), now, outbox);

    /// <summary>See <see cref="IMeetingMediaEvents.Lost"/>.</summary>
    public void MediaLost(SocketId connection, Instant now, Outbox<ConnectEffect> outbox) =>
        Follow(_signaling.MediaLost(connection, now, outbox), now, outbox);

    /// <summary>See <see cref="IMeetingMediaEvents.Heard"/>.</summary>
    public void Heard(string meetingId, VoiceHearing hearing, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (_state.FindByMeeting(meetingId) is { } contact)
        {
            _life.TakeHearing(contact, hearing, now, outbox);
        }
    }

    /// <summary>Does something to the customer's signalling; false if no socket is open.</summary>
    /// <param name="contactId">Whose customer.</param>
    /// <param name="disturbance">What to do.</param>
    /// <param name="code">The close code or the audio status.</param>
    /// <param name="now">When.</param>
    /// <param name="outbox">Takes the effects.</param>
    public bool Disturb(
        string contactId,
        SignalingDisturbance disturbance,
        int code,
        Instant now,
        Outbox<ConnectEffect> outbox) =>
        _state.FindContact(contactId) is { } contact
        && _signaling.Disturb(contact, disturbance, code, now, outbox);

    /// <summary>Fires every timer that is due.</summary>
    public void Expire(Instant now, Outbox<ConnectEffect> outbox)
    {
        while (_state.Agenda.TryTakeDue(now, out var owner))
        {
            switch (owner)
            {
                case Contact contact:
                    _life.Expire(contact, now, outbox);
                    break;

                case Agent agent:
                    Agents.Expire(agent, now, outbox);
                    break;

                case SignalingConnection connection:
                    Follow(_signaling.Expire(connection, now, outbox), now, outbox);
                    break;

                default:
                    throw Invariant.Unreachable(owner);
            }
        }
    }

    private void Follow(Attendee? changed, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (changed is not null)
        {
            _life.FollowPresence(changed, now, outbox);
        }
    }
}
