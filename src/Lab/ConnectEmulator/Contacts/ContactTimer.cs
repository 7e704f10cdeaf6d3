namespace Farspan.ConnectEmulator;

/// <summary>The timers of one contact.</summary>
internal enum ContactTimer
{
    /// <summary>
    /// The running block's own: a prompt's length, the wait for a digit, the longest time in a queue.
    /// </summary>
    Block,

    /// <summary>
    /// No customer is there: how long depends on how they went (<see cref="ContactBehavior"/>).
    /// </summary>
    CustomerAbsent,

    /// <summary>
    /// The agent answered but has no media: <see cref="ContactBehavior.OutlivesVanishedAgent"/>.
    /// </summary>
    AgentAbsent,

    /// <summary>From DISCONNECTED to COMPLETED: <see cref="ContactBehavior.AfterContactWork"/>.</summary>
    AfterContactWork,
}
