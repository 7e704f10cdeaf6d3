namespace Farspan.ConnectEmulator;

/// <summary>One thing the emulator saw or did, as <c>/events</c> streams it.</summary>
public sealed record ConnectEvent(ConnectEventKind Kind)
{
    /// <summary>Counts from 1 without gaps.</summary>
    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }

    public string? ContactId { get; init; }

    public string? AttendeeId { get; init; }

    public string? AgentId { get; init; }

    /// <summary>What happened, see <see cref="ConnectEventKind"/>; null where the kind says it all.</summary>
    public string? Value { get; init; }
}
