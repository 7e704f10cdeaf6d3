namespace Farspan.ConnectEmulator;

/// <summary>Why a contact ended.</summary>
public enum ContactEnd
{
    /// <summary>The flow ran to its end.</summary>
    FlowEnded,

    /// <summary>The customer sent LEAVE, or DisconnectParticipant was called for them.</summary>
    CustomerLeft,

    /// <summary>The customer's media stopped and did not come back in time.</summary>
    CustomerVanished,

    /// <summary>The customer's media never came.</summary>
    CustomerMissing,

    AgentHungUp,

    /// <summary>The agent's media stopped and did not come back in time.</summary>
    AgentVanished,

    /// <summary>StopContact was called.</summary>
    Stopped,
}
