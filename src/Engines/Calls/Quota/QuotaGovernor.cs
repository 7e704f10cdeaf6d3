using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Lets contacts start only as fast, and only as many, as Amazon Connect allows, so that Connect never
/// has to refuse: callers wait in order, hearing ringing, and are refused before the wait gets too long.
/// </summary>
/// <remarks>One governor for each Connect instance; instances of one account and region share a
/// <see cref="StartRateLimiter"/>. Sans-IO: the owner calls <see cref="Expire"/> at
/// <see cref="Deadline"/>.</remarks>
public sealed class QuotaGovernor(string instanceId, QuotaSettings settings, StartRateLimiter starts)
{
    private readonly LinkedList<Waiting> _waiting = [];

    /// <summary>Contacts of ours that hold a concurrent-call slot now.</summary>
    public int ActiveContacts { get; private set; }

    /// <summary>Callers that hear ringing because of the quota.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Slots left before the concurrent-call quota is reached.</summary>
    public int SlotsLeft => settings.ConcurrentContactsMax - ActiveContacts;

    /// <summary>
    /// Whether one more caller would have to wait for the end of another call, or longer than he may.
    /// </summary>
    public bool IsExhausted =>
        SlotsLeft <= _waiting.Count
        || _waiting.Count >= settings.WaitingMax
        || _waiting.Count >= settings.WaitMax.TotalSeconds * settings.StartsPerSecond;

    /// <summary>When to call <see cref="Expire"/>; null while nobody waits.</summary>
    public Instant? Deadline { get; private set; }

    /// <summary>A call wants to start a contact; answered by a grant or a refusal, now or later.</summary>
    public void Request(string callId, Instant now, Outbox<QuotaEffect> outbox)
    {
        if (_waiting.Count >= settings.WaitingMax)
        {
            outbox.Add(new QuotaEffect.Refuse(callId, instanceId, EstimateWait()));
            return;
        }

        _waiting.AddLast(new Waiting(callId, now + settings.WaitMax));
        Expire(now, outbox);
    }

    /// <summary>The call does not want to start any more (the caller hung up while waiting).</summary>
    /// <returns>True if it was waiting; false if it had been granted or refused already.</returns>
    public bool Withdraw(string callId, Instant now, Outbox<QuotaEffect> outbox)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.CallId == callId)
            {
                _waiting.Remove(node);
                Expire(now, outbox);
                return true;
            }
        }

        return false;
    }

    /// <summary>A granted contact has ended, or was never started: its slot is free again.</summary>
    public void Release(Instant now, Outbox<QuotaEffect> outbox)
    {
        Invariant.Require(ActiveContacts > 0);

        ActiveContacts--;
        Expire(now, outbox);
    }

    /// <summary>A contact from before a restart still lives in Connect: it holds a slot.</summary>
    public void Adopt() => ActiveContacts++;

    /// <summary>Connect answered 429 all the same; starts pause for everybody who shares the quota.</summary>
    public void NoteThrottled(TimeSpan pause, Instant now) => starts.Exhaust(now, pause);

    /// <summary>
    /// Grants what the quota allows at <paramref name="now"/> and refuses who has waited too long.
    /// </summary>
    public void Expire(Instant now, Outbox<QuotaEffect> outbox)
    {
        RefuseOverdue(now, outbox);
        while (_waiting.First is { } first && SlotsLeft > 0 && starts.TryTake(now))
        {
            _waiting.RemoveFirst();
            ActiveContacts++;
            outbox.Add(new QuotaEffect.Grant(first.Value.CallId, instanceId));
        }

        Deadline = NextDeadline(now);
    }

    private void RefuseOverdue(Instant now, Outbox<QuotaEffect> outbox)
    {
        while (_waiting.First is { } first && first.Value.GivesUpAt <= now)
        {
            _waiting.RemoveFirst();
            outbox.Add(new QuotaEffect.Refuse(first.Value.CallId, instanceId, EstimateWait()));
        }
    }

    private Instant? NextDeadline(Instant now)
    {
        if (_waiting.First is not { } first)
        {
            return null;
        }

        return SlotsLeft > 0
            ? Instant.Min(first.Value.GivesUpAt, starts.NextConforming(now))
            : first.Value.GivesUpAt;
    }

    // Whoever is refused comes back when those who wait now have been served, not all at once.
    private TimeSpan EstimateWait() =>
        TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(_waiting.Count / settings.StartsPerSecond), 1, 60));

    private readonly record struct Waiting(string CallId, Instant GivesUpAt);
}
