namespace Farspan.Calls;

/// <summary>What the quota governor decides about a request to start a contact.</summary>
public abstract record QuotaEffect
{
    private QuotaEffect()
    {
    }

    /// <summary>Start the contact now; the concurrent-call slot is taken until it is released.</summary>
    public sealed record Grant(string CallId, string InstanceId) : QuotaEffect;

    /// <summary>Do not start: too many wait, or the wait would be longer than ringing may last.</summary>
    /// <param name="CallId">The call that asked.</param>
    /// <param name="InstanceId">The instance it asked for.</param>
    /// <param name="RetryAfter">When trying again makes sense: for the Retry-After header.</param>
    public sealed record Refuse(string CallId, string InstanceId, TimeSpan RetryAfter) : QuotaEffect;
}
