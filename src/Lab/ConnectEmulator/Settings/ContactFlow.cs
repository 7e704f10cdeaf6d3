namespace Farspan.ConnectEmulator;

/// <summary>What happens to a contact: blocks that run one after the other.</summary>
public sealed record ContactFlow(string Id, IReadOnlyList<FlowBlock> Blocks)
{
    /// <summary>One that goes straight to an agent, and one that takes a digit first.</summary>
    internal static IReadOnlyList<ContactFlow> Samples { get; } =
    [
        new("inbound", [Welcome, Queue, new JoinAgentBlock(), new EndBlock()]),
        new("menu", [Welcome, new GetDigitsBlock("choice"), Queue, new JoinAgentBlock(), new EndBlock()]),
    ];

    private static PromptBlock Welcome => new(TimeSpan.FromSeconds(1), new AudioCue { FrequencyHz = 600 });

    private static QueueBlock Queue => new("default", new AudioCue { FrequencyHz = 350 });
}
