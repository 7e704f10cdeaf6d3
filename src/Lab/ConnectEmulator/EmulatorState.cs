using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// What the parts of a <see cref="ConnectService"/> share: settings, contacts, tokens, the agenda, the log.
/// </summary>
internal sealed class EmulatorState(
    ConnectEmulatorSettings settings, RandomSource random, DateTimeOffset origin)
{
    private readonly OrderedDictionary<string, Contact> _contacts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Attendee> _attendees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Participant> _participants = new(StringComparer.Ordinal);

    public ConnectEmulatorSettings Settings { get; set; } = settings;

    public RandomSource Random { get; } = random;

    public DeadlineQueue<object> Agenda { get; } = new();

    public EventLog Log { get; } = new(origin);

    public FaultPlan Faults { get; } = new();

    public IEnumerable<Contact> Contacts => _contacts.Values;

    public Contact? FindContact(string? id) => id is null ? null : _contacts.GetValueOrDefault(id);

    /// <summary>The newest are the likeliest.</summary>
    public Contact? FindByMeeting(string meetingId) =>
        _contacts.Values.LastOrDefault(contact => contact.Meeting.Id == meetingId);

    public Attendee? FindAttendee(string? joinToken) =>
        joinToken is null ? null : _attendees.GetValueOrDefault(joinToken);

    /// <summary>By ParticipantToken or ConnectionToken: the caller checks which.</summary>
    public Participant? FindParticipant(string? bearer) =>
        bearer is null ? null : _participants.GetValueOrDefault(bearer);

    public bool HasValidCredentials(Attendee attendee, Instant now) =>
        attendee.HasValidCredentials(now, Settings.Contacts.CredentialsOutliveAbsence);

    public int CountLive(string instanceId) =>
        _contacts.Values.Count(contact => contact.IsLive && contact.InstanceId == instanceId);

    public void Add(Contact contact)
    {
        ForgetOldest();
        _contacts.Add(contact.Id, contact);
    }

    public Attendee AddAttendee(Meeting meeting, AttendeeRole role, string externalUserId)
    {
        var attendee = meeting.Add(role, externalUserId, Random);
        _attendees.Add(attendee.JoinToken, attendee);
        return attendee;
    }

    public Participant AddParticipant(Contact contact)
    {
        var attendee = AddAttendee(contact.Meeting, AttendeeRole.Customer, $"{contact.Id}-customer");
        var participant = new Participant(Identifiers.Uuid(Random), Identifiers.Token(Random), attendee);
        contact.Participants.Add(participant);
        _participants.Add(participant.Token, participant);
        return participant;
    }

    /// <summary>Gives a participant new tokens; the old ones stop working.</summary>
    public void RenewCredentials(Participant participant)
    {
        _participants.Remove(participant.Token);
        _attendees.Remove(participant.Attendee.JoinToken);
        participant.Token = Identifiers.Token(Random);
        participant.Attendee.JoinToken = Identifiers.Token(Random);
        _participants.Add(participant.Token, participant);
        _attendees.Add(participant.Attendee.JoinToken, participant.Attendee);
    }

    public string AddConnectionToken(Participant participant, Instant expiresAt)
    {
        var token = Identifiers.Token(Random);
        participant.AddConnectionToken(token, expiresAt);
        _participants.Add(token, participant);
        return token;
    }

    private void ForgetOldest()
    {
        if (_contacts.Count < EmulatorLimits.RetainedContacts
            || _contacts.Values.FirstOrDefault(contact =>
                contact.State == ContactState.Completed) is not { } oldest)
        {
            return;
        }

        _contacts.Remove(oldest.Id);
        foreach (var attendee in oldest.Meeting.Attendees)
        {
            _attendees.Remove(attendee.JoinToken);
        }

        foreach (
            var token in oldest.Participants.SelectMany(each => each.ConnectionTokens.Prepend(each.Token)))
        {
            _participants.Remove(token);
        }
    }
}
