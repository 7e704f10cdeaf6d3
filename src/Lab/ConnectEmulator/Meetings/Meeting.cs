using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>The Chime meeting of one contact.</summary>
internal sealed class Meeting(string id, Contact contact)
{
    public string Id { get; } = id;

    public Contact Contact { get; } = contact;

    public List<Attendee> Attendees { get; } = [];

    public bool HasEnded { get; set; }

    public Attendee Add(AttendeeRole role, string externalUserId, RandomSource random)
    {
        var attendee = new Attendee(Identifiers.Uuid(random), externalUserId, Identifiers.Token(random), this)
        {
            Role = role,
            StreamId = (uint)Attendees.Count + 1,
        };
        Attendees.Add(attendee);
        return attendee;
    }
}
