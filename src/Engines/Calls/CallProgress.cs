using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// When a call passed the steps of its set-up: what the call record and the histograms are made of.
/// </summary>
public sealed class CallProgress(Instant offeredAt)
{
    public Instant OfferedAt { get; } = offeredAt;

    /// <summary>When the contact was asked for; null before.</summary>
    public Instant? RequestedAt { get; set; }

    /// <summary>When Connect had started it.</summary>
    public Instant? BegunAt { get; set; }

    /// <summary>When the seat in the meeting was taken.</summary>
    public Instant? JoinedAt { get; set; }

    /// <summary>When media flowed and 200 was sent.</summary>
    public Instant? AnsweredAt { get; set; }

    public Instant? EndedAt { get; set; }

    /// <summary>From INVITE to 200, in milliseconds; null if it was never answered.</summary>
    public double? SetupMs => Milliseconds(OfferedAt, AnsweredAt);

    /// <summary>
    /// The part of the set-up in which only Connect could act: waiting for its quota and its answer.
    /// </summary>
    public double? ConnectMs => Milliseconds(RequestedAt, BegunAt);

    /// <summary>From 200 to the end, in milliseconds; null if it was never answered.</summary>
    public double? TalkMs => Milliseconds(AnsweredAt, EndedAt);

    private static double? Milliseconds(Instant? from, Instant? to) =>
        from is { } start && to is { } end ? Math.Round((end - start).TotalMilliseconds, 1) : null;
}
