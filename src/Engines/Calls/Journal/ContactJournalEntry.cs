namespace Farspan.Calls;

/// <summary>
/// One line of the contact journal: what we are about to do to a contact in Amazon Connect, or what
/// became of it. An entry is on disk before the effect that follows it is performed.
/// </summary>
/// <param name="IntentId">Names the contact-to-be: the ClientToken of its StartWebRTCContact.</param>
public abstract record ContactJournalEntry(string IntentId)
{
    /// <summary>A start is about to be sent: from here on the contact is "maybe started".</summary>
    public sealed record StartIntended(string IntentId, string CallId, StartContactRequest Request)
        : ContactJournalEntry(IntentId);

    /// <summary>A contact that another node has started is ours from here on (decision 0015).</summary>
    public sealed record Adopted(string IntentId, string CallId, StartContactRequest Request, string ContactId)
        : ContactJournalEntry(IntentId);

    /// <summary>Connect has told us the contact's id.</summary>
    public sealed record Started(string IntentId, string ContactId) : ContactJournalEntry(IntentId);

    /// <summary>Nobody wants the contact any more: it is to be stopped if it exists.</summary>
    public sealed record StopWanted(string IntentId) : ContactJournalEntry(IntentId);

    /// <summary>The contact is known to have ended, or never to have begun: nothing is left to do.</summary>
    public sealed record Settled(string IntentId, ContactFate Fate) : ContactJournalEntry(IntentId);
}

/// <summary>What became of an intended contact.</summary>
public enum ContactFate
{
    /// <summary>Connect refused the start for good.</summary>
    NeverStarted,

    /// <summary>Connect ended it: agent hang-up, flow end, StopContact by somebody else.</summary>
    EndedByConnect,

    /// <summary>We stopped it.</summary>
    Stopped,

    /// <summary>It belongs to another node now (AUDIO_STATUS 301).</summary>
    HandedOver,

    /// <summary>Connect did not let us stop it within the limit; it is listed for the operator.</summary>
    Abandoned,

    /// <summary>
    /// It may have been started, so long ago that Connect has forgotten the ClientToken: a replay would start
    /// another one.
    /// </summary>
    Unknown,
}
