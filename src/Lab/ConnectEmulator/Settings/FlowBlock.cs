using System.Text.Json.Serialization;

namespace Farspan.ConnectEmulator;

/// <summary>One step of a <see cref="ContactFlow"/>; in JSON its <c>type</c> tells which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PromptBlock), "prompt")]
[JsonDerivedType(typeof(GetDigitsBlock), "getDigits")]
[JsonDerivedType(typeof(QueueBlock), "queue")]
[JsonDerivedType(typeof(JoinAgentBlock), "joinAgent")]
[JsonDerivedType(typeof(EndBlock), "end")]
public abstract record FlowBlock
{
    /// <summary>What the block is called in events: its type without "Block".</summary>
    internal string Name => GetType().Name[..^"Block".Length];
}

/// <summary>Plays something for a time.</summary>
public sealed record PromptBlock(TimeSpan Duration, AudioCue Cue) : FlowBlock;

/// <summary>
/// Takes DTMF into a contact attribute, until <see cref="MaxDigits"/>, the terminating <c>#</c>
/// or <see cref="Timeout"/> after the last digit.
/// </summary>
public sealed record GetDigitsBlock(string Attribute) : FlowBlock
{
    public int MaxDigits { get; init; } = 1;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Waits with music for an agent to answer, at most <see cref="MaxWait"/> (null: without end).
/// </summary>
public sealed record QueueBlock(string Queue, AudioCue Music) : FlowBlock
{
    public TimeSpan? MaxWait { get; init; }
}

/// <summary>Brings the agent who answered into the meeting; lasts until that agent leaves.</summary>
public sealed record JoinAgentBlock : FlowBlock;

/// <summary>Ends the contact.</summary>
public sealed record EndBlock : FlowBlock;
