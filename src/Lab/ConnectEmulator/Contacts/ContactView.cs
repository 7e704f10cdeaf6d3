namespace Farspan.ConnectEmulator;

/// <summary>A contact as <c>/contacts</c> shows it; no tokens.</summary>
public sealed record ContactView
{
    public required string ContactId { get; init; }

    public required string InstanceId { get; init; }

    public required string ContactFlowId { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? RelatedContactId { get; init; }

    public string? ClientToken { get; init; }

    public required ContactState State { get; init; }

    /// <summary>Null while the contact lives.</summary>
    public ContactEnd? End { get; init; }

    /// <summary>Every state with the time it was entered.</summary>
    public required IReadOnlyList<ContactStateEntry> History { get; init; }

    /// <summary>The type of the block that runs; null before the flow and after it.</summary>
    public string? Block { get; init; }

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Every digit that came, in order.</summary>
    public required string Digits { get; init; }

    /// <summary>The digits as they came, message by message.</summary>
    public required IReadOnlyList<DtmfMessage> Dtmf { get; init; }

    public required string MeetingId { get; init; }

    public required IReadOnlyList<AttendeeView> Attendees { get; init; }

    /// <summary>Null while no agent has answered.</summary>
    public string? AgentId { get; init; }

    /// <summary>Whom a built-in agent heard; null while it has recognised nobody.</summary>
    public HeardCaller? Heard { get; init; }
}

/// <summary>A state and when it was entered.</summary>
public sealed record ContactStateEntry(ContactState State, DateTimeOffset At);

/// <summary>One SendMessage of DTMF.</summary>
public sealed record DtmfMessage(string Digits, DateTimeOffset At);

/// <summary>An attendee of a contact's meeting.</summary>
public sealed record AttendeeView(
    string AttendeeId, string ExternalUserId, AttendeeRole Role, AttendeePresence Presence, bool IsMuted)
{
    /// <summary>How often the attendee has joined; more than once is a rejoin.</summary>
    public int Joins { get; init; }
}
