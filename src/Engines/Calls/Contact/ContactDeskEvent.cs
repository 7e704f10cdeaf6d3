namespace Farspan.Calls;

/// <summary>What the contact desk tells the call that asked for a contact.</summary>
public abstract record ContactDeskEvent(string CallId)
{
    /// <summary>The call waits for quota; the caller hears ringing.</summary>
    public sealed record Waiting(string CallId) : ContactDeskEvent(CallId);

    /// <summary>The contact exists: join it.</summary>
    public sealed record Begun(string CallId, StartedContact Contact) : ContactDeskEvent(CallId);

    /// <summary>There will be no contact.</summary>
    public sealed record Refused(string CallId, CallOutcome Outcome, string Detail, TimeSpan? RetryAfter)
        : ContactDeskEvent(CallId);
}
