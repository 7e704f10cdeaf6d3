namespace Farspan.ConnectEmulator;

/// <summary>How contacts live and end: what is documented is the default, what is not is a choice.</summary>
public sealed record ContactBehavior
{
    /// <summary>When the first block of a flow runs.</summary>
    public FlowStart FlowStart { get; init; } = FlowStart.WhenMediaConnects;

    /// <summary>Whether an unknown ContactFlowId runs the first flow instead of being refused.</summary>
    public bool AcceptsUnknownFlows { get; init; } = true;

    /// <summary>What a second StartWebRTCContact with the same ClientToken returns.</summary>
    public RepeatedClientToken RepeatedClientToken { get; init; } = RepeatedClientToken.SameAnswer;

    /// <summary>How long a ClientToken is remembered.</summary>
    public TimeSpan ClientTokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a contact waits for its customer's first media.</summary>
    public TimeSpan OutlivesMissingCustomer { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a contact outlives a customer who sent LEAVE.</summary>
    public TimeSpan OutlivesLeavingCustomer { get; init; } = TimeSpan.Zero;

    /// <summary>How long a contact outlives a customer whose media stopped without a LEAVE.</summary>
    public TimeSpan OutlivesVanishedCustomer { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a participant who left or vanished may come back with the same credentials.
    /// </summary>
    public TimeSpan CredentialsOutliveAbsence { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan ConnectionTokenLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a contact waits for an agent who answered, or whose media stopped.</summary>
    public TimeSpan OutlivesVanishedAgent { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long an agent of the page may let it ring before the contact goes back to the queue.
    /// </summary>
    public TimeSpan AgentRingTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an agent whose page has gone away stays logged in.</summary>
    public TimeSpan AgentOutlivesPage { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time from DISCONNECTED to COMPLETED, in which the agent takes no other contact.</summary>
    public TimeSpan AfterContactWork { get; init; } = TimeSpan.Zero;

    /// <summary>The characters that <c>audio/dtmf</c> may contain.</summary>
    public string DtmfAlphabet { get; init; } = "0123456789*#ABCDabcd,";

    /// <summary>The longest <c>audio/dtmf</c> content, in characters.</summary>
    public int DtmfMaxLength { get; init; } = 1024;
}
