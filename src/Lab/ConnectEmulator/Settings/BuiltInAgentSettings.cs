namespace Farspan.ConnectEmulator;

/// <summary>An agent without a person: it answers, plays its tone and hangs up if told to.</summary>
public sealed record BuiltInAgentSettings
{
    public string Name { get; init; } = "built-in";

    /// <summary>How long it lets the contact ring.</summary>
    public TimeSpan AnswersAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it talks before it hangs up; null talks until the contact ends.</summary>
    public TimeSpan? TalksFor { get; init; }

    /// <summary>What the customer hears.</summary>
    public AudioCue Voice { get; init; } = new() { FrequencyHz = 440 };
}
