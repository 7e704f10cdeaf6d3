using Farspan.Audio;

namespace Farspan.CarrierSimulator;

/// <summary>What the caller's side saw of one call.</summary>
public sealed record CallReport
{
    public required CallPlan Plan { get; init; }

    public required string SipCallId { get; init; }

    public required CallResult Result { get; init; }

    /// <summary>The final response to the INVITE; null if none came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The peer's own words: its Reason or reason phrase; empty if it gave none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>From INVITE to 200; null if the call was not answered.</summary>
    public TimeSpan? SetupTime { get; init; }

    public required AudioCodec Codec { get; init; }

    /// <summary>Null if no audio was ever agreed.</summary>
    public AudioReport? Audio { get; init; }

    public bool IsAnswered => SetupTime is not null;

    /// <summary>Whether the call ended as planned: answered, and hung up by us.</summary>
    public bool IsCompleted => Result == CallResult.Completed;

    /// <summary>Whether the caller heard the agent of this very call.</summary>
    public bool IsAgentHeard => Audio is { AgentHeardCount: > 0 };
}
