namespace Farspan.ConnectEmulator;

/// <summary>What an agent is doing.</summary>
public enum AgentState
{
    Available,

    /// <summary>A contact is offered.</summary>
    Ringing,

    /// <summary>The contact is answered, and the agent's media is on its way.</summary>
    Connecting,

    Talking,

    /// <summary>
    /// A contact was rejected or rang too long: no other is offered before the agent says so.
    /// </summary>
    Missed,

    /// <summary>The contact has ended, the work with it has not.</summary>
    AfterContactWork,

    LoggedOut,
}
