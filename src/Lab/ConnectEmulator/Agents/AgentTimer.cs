namespace Farspan.ConnectEmulator;

/// <summary>The timers of one agent.</summary>
internal enum AgentTimer
{
    /// <summary>A built-in agent answers: <see cref="BuiltInAgentSettings.AnswersAfter"/>.</summary>
    Answer,

    /// <summary>
    /// An agent of the page has let it ring too long: <see cref="ContactBehavior.AgentRingTime"/>.
    /// </summary>
    Ring,

    /// <summary>A built-in agent has said enough: <see cref="BuiltInAgentSettings.TalksFor"/>.</summary>
    Talk,

    /// <summary>The page has gone away: <see cref="ContactBehavior.AgentOutlivesPage"/>.</summary>
    Page,

    /// <summary>Free again: <see cref="ContactBehavior.AfterContactWork"/>.</summary>
    Work,
}
