using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>One contact: what it was started with, how far its flow is, and all that it has seen.</summary>
internal sealed class Contact
{
    private readonly List<ContactStateEntry> _history = [];

    public Contact(string id, string meetingId, StartWebRtcContactRequest request, ContactFlow flow,
        DeadlineQueue<object> agenda)
    {
        Id = id;
        Request = request;
        Flow = flow;
        Meeting = new Meeting(meetingId, this);
        Timers = new ScheduledTimers<ContactTimer>(this, agenda);
    }

    public string Id { get; }

    public StartWebRtcContactRequest Request { get; }

    public string InstanceId => Request.InstanceId!;

    public ContactFlow Flow { get; }

    public Meeting Meeting { get; }

    public ScheduledTimers<ContactTimer> Timers { get; }

    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public List<DtmfMessage> Dtmf { get; } = [];

    public List<Participant> Participants { get; } = [];

    public ContactState State { get; private set; }

    public bool IsLive => State < ContactState.Disconnected;

    /// <summary>Null while the contact lives.</summary>
    public ContactEnd? End { get; set; }

    /// <summary>Why the contact ends if the flow now runs to its end.</summary>
    public ContactEnd EndOfFlow { get; set; } = ContactEnd.FlowEnded;

    /// <summary>The place of the running block in the flow; −1 before the flow starts.</summary>
    public int BlockIndex { get; set; } = -1;

    /// <summary>The block that runs; null before the flow and after it.</summary>
    public FlowBlock? Block =>
        IsLive && BlockIndex >= 0 && BlockIndex < Flow.Blocks.Count ? Flow.Blocks[BlockIndex] : null;

    /// <summary>What a <see cref="GetDigitsBlock"/> has taken so far.</summary>
    public string Digits { get; set; } = "";

    /// <summary>The agent who answered; null before, and after they left.</summary>
    public Agent? Agent { get; set; }

    /// <summary>The last agent who answered; null if none has.</summary>
    public string? LastAgentId { get; set; }

    /// <summary>Null while no built-in agent has recognised a caller.</summary>
    public HeardCaller? Heard { get; set; }

    public IEnumerable<Attendee> Customers =>
        Meeting.Attendees.Where(attendee => attendee.Role == AttendeeRole.Customer);

    public ContactView View => new()
    {
        ContactId = Id,
        InstanceId = InstanceId,
        ContactFlowId = Request.ContactFlowId!,
        DisplayName = Request.ParticipantDetails?.DisplayName,
        Description = Request.Description,
        RelatedContactId = Request.RelatedContactId,
        ClientToken = Request.ClientToken,
        State = State,
        End = End,
        History = [.. _history],
        Block = Block?.Name,
        Attributes = new SortedDictionary<string, string>(Attributes, StringComparer.Ordinal),
        Digits = string.Concat(Dtmf.Select(message => message.Digits)),
        Dtmf = [.. Dtmf],
        MeetingId = Meeting.Id,
        Attendees = [.. Meeting.Attendees.Select(attendee => attendee.View)],
        AgentId = LastAgentId,
        Heard = Heard,
    };

    public void Enter(ContactState state, DateTimeOffset at)
    {
        State = state;
        _history.Add(new ContactStateEntry(state, at));
    }
}
