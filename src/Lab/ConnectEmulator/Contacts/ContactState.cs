namespace Farspan.ConnectEmulator;

/// <summary>Where a contact is in its life, in the words of Amazon Connect's contact events.</summary>
public enum ContactState
{
    Initiated,
    Queued,
    ConnectedToAgent,
    Disconnected,
    Completed,
}
