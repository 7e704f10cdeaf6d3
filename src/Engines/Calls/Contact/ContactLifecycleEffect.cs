namespace Farspan.Calls;

/// <summary>What the life of a contact in Amazon Connect asks of the world, in order.</summary>
public abstract record ContactLifecycleEffect
{
    private ContactLifecycleEffect()
    {
    }

    /// <summary>Write the entry to disk before the next effect is performed.</summary>
    public sealed record Record(ContactJournalEntry Entry) : ContactLifecycleEffect;

    /// <summary>Call StartWebRTCContact; answered by Succeed/Fail of the start.</summary>
    public sealed record Start(StartContactRequest Request) : ContactLifecycleEffect;

    /// <summary>Call StopContact; answered by Succeed/Fail of the stop.</summary>
    public sealed record Stop(string InstanceId, string ContactId) : ContactLifecycleEffect;

    /// <summary>The contact exists and is wanted: the leg may join it.</summary>
    public sealed record Begun(StartedContact Contact) : ContactLifecycleEffect;

    /// <summary>Connect answered 429: starts of this account pause.</summary>
    public sealed record Throttled(TimeSpan Pause) : ContactLifecycleEffect;

    /// <summary>No contact: the error that decided, for the SIP answer.</summary>
    public sealed record Refused(ConnectError Error) : ContactLifecycleEffect;

    /// <summary>The contact is settled: its quota slot is free, this object is done.</summary>
    public sealed record Finished(ContactFate Fate) : ContactLifecycleEffect;
}
