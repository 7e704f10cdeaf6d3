using Farspan.Kernel;
using static Farspan.Calls.ContactLifecycleEffect;

namespace Farspan.Calls;

/// <summary>
/// Starts one contact in Amazon Connect and sees to it that it ends exactly once, whatever happens in
/// between: refusals, time-outs whose outcome is unknown, a caller who hangs up meanwhile, a crash.
/// </summary>
/// <remarks>
/// <code>
///  Idle ──Start──► Starting ──ok──► Active ──EndByConnect──────────────► Settled
///                   │  ▲ │             │                                   ▲
///                   │  └─┘ retry       └──Abandon──► Stopping ──ok──────────┤
///                   │  (same token)                   │ ▲ └─┘ retry         │
///                   └──Abandon: wait for the start ───┘ (maybe started)     │
///                   └──refused for good────────────────────────────────────┘
/// </code>
/// A start whose outcome is unknown is repeated with its ClientToken until Connect says what became of it;
/// "if a contact is already started, the contact ID is returned". Sans-IO.
/// </remarks>
public sealed class ContactLifecycle
{
    private readonly StartContactRequest _request;
    private readonly ContactTimings _timings;
    private readonly RandomSource _random;
    private readonly TimerTable<Timer> _timers = new();
    private bool _isWanted = true;
    private bool _isMaybeStarted;
    private bool _isAdopted;

    public ContactLifecycle(StartContactRequest request, ContactTimings timings, RandomSource random)
    {
        _request = request;
        _timings = timings;
        _random = random;
    }

    private enum Timer
    {
        /// <summary>Repeat the start or the stop that failed.</summary>
        Retry,

        /// <summary>Tell the caller that it will not work.</summary>
        StartLimit,

        /// <summary>Stop pursuing a contact that nobody wants.</summary>
        SettleLimit,
    }

    public ContactLifecycleState State { get; private set; }

    /// <summary>The ClientToken, which names this contact in the journal.</summary>
    public string IntentId => _request.ClientToken;

    public string InstanceId => _request.InstanceId;

    /// <summary>Null until Connect has named the contact.</summary>
    public string? ContactId { get; private set; }

    /// <summary>How often the start was sent, or, once that succeeded, the stop.</summary>
    public int Attempts { get; private set; }

    /// <summary>Why the last start failed; null if none did.</summary>
    public ConnectError? LastError { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>Goes on after a restart where the journal ends: nobody wants this contact any more.</summary>
    public static ContactLifecycle Recover(OpenContact open, ContactTimings timings, RandomSource random) =>
        new(open.Request, timings, random)
        {
            ContactId = open.ContactId,
            _isMaybeStarted = true,
            _isWanted = false,
        };

    /// <summary>Takes up a contact that another node has started, for a call that goes on here.</summary>
    public static ContactLifecycle Adopt(
        StartContactRequest request, string contactId, ContactTimings timings, RandomSource random) =>
        new(request, timings, random)
        {
            ContactId = contactId,
            _isAdopted = true,
        };

    /// <summary>
    /// Sends the start, or after <see cref="Recover"/> settles what was left open. Call once.
    /// </summary>
    public void Start(string callId, Instant now, Outbox<ContactLifecycleEffect> outbox)
    {
        Invariant.Require(State == ContactLifecycleState.Idle);

        State = ContactLifecycleState.Starting;
        if (_isAdopted)
        {
            State = ContactLifecycleState.Active;
            outbox.Add(new Record(new ContactJournalEntry.Adopted(IntentId, callId, _request, ContactId!)));
        }
        else if (_isWanted)
        {
            outbox.Add(new Record(new ContactJournalEntry.StartIntended(IntentId, callId, _request)));
            _timers.Start(Timer.StartLimit, now + _timings.StartLimit);
            SendStart(outbox);
        }
        else
        {
            Settle(now, outbox);
        }
    }

    /// <summary>Connect has started the contact, or says that it had been started already.</summary>
    public void SucceedStart(StartedContact contact, Instant now, Outbox<ContactLifecycleEffect> outbox)
    {
        Invariant.Require(State == ContactLifecycleState.Starting);

        ContactId = contact.ContactId;
        outbox.Add(new Record(new ContactJournalEntry.Started(IntentId, contact.ContactId)));
        if (_isWanted)
        {
            _timers.StopAll();
            State = ContactLifecycleState.Active;
            outbox.Add(new Begun(contact));
        }
        else
        {
            BeginStop(outbox);
        }
    }

    /// <summary>The start failed; it is repeated where that can help.</summary>
    public void FailStart(ConnectError error, Instant now, Outbox<ContactLifecycleEffect> outbox)
    {
        Invariant.Require(State == ContactLifecycleState.Starting);

        LastError = error;
        _isMaybeStarted |= error.MayHaveActed;
        if (error.Kind == ConnectErrorKind.Throttled)
        {
            outbox.Add(new Throttled(error.RetryAfter ?? _timings.BackOffFirst));
        }

        var isWorthRepeating = _isWanted ? error.IsTransient : _isMaybeStarted;
        if (isWorthRepeating)
        {
            ScheduleRetry(error.RetryAfter, now);
            return;
        }

        if (_isWanted)
        {
            outbox.Add(new Refused(error));
        }

        if (_isMaybeStarted)
        {
            // An earlier attempt may have succeeded unseen: this refusal says nothing about that one.
            Abandon(now, outbox);
            ScheduleRetry(error.RetryAfter, now);
        }
        else
        {
            Finish(ContactFate.NeverStarted, outbox);
        }
    }

    /// <summary>
    /// Nobody wants the contact any more: it is stopped, or will be once its fate is known.
    /// </summary>
    public void Abandon(Instant now, Outbox<ContactLifecycleEffect> outbox)
    {
        if (!_isWanted || State == ContactLifecycleState.Settled)
        {
            return;
        }

        _isWanted = false;
        outbox.Add(new Record(new ContactJournalEntry.StopWanted(IntentId)));
        _timers.Stop(Timer.StartLimit);
        _timers.Start(Timer.SettleLimit, now + _timings.SettleLimit);
        if (State == ContactLifecycleState.Active)
        {
            BeginStop(outbox);
        }
        else if (_timers.IsRunning(Timer.Retry) && !_isMaybeStarted)
        {
            Finish(ContactFate.NeverStarted, outbox);
        }
    }

    /// <summary>Connect ended the contact, or another node owns it now: there is nothing to stop.</summary>
    public void Release(ContactFate fate, Outbox<ContactLifecycleEffect> outbox)
    {
        if (State != ContactLifecycleState.Settled)
        {
            Finish(fate, outbox);
        }
    }

    public void SucceedStop(Outbox<ContactLifecycleEffect> outbox)
    {
        if (State == ContactLifecycleState.Stopping)
        {
            Finish(ContactFate.Stopped, outbox);
        }
    }

    /// <summary>The stop failed; "not found" means that it had ended already.</summary>
    public void FailStop(ConnectError error, Instant now, Outbox<ContactLifecycleEffect> outbox)
    {
        if (State != ContactLifecycleState.Stopping)
        {
            return;
        }

        if (error.Kind is ConnectErrorKind.ContactNotFound or ConnectErrorKind.ResourceNotFound)
        {
            Finish(ContactFate.EndedByConnect, outbox);
        }
        else
        {
            // Whatever the error: a contact that lives costs quota and an agent's time. Go on trying.
            ScheduleRetry(error.RetryAfter, now);
        }
    }

    public void Expire(Instant now, Outbox<ContactLifecycleEffect> outbox)
    {
        if (_timers.TryExpire(Timer.SettleLimit, now))
        {
            Finish(ContactFate.Abandoned, outbox);
        }
        else if (_timers.TryExpire(Timer.StartLimit, now))
        {
            // The caller has his answer; a start whose outcome is unknown is still pursued.
            outbox.Add(new Refused(LastError ?? new ConnectError(ConnectErrorKind.TimedOut)));
            Abandon(now, outbox);
        }
        else if (_timers.TryExpire(Timer.Retry, now))
        {
            Repeat(outbox);
        }
    }

    private void Settle(Instant now, Outbox<ContactLifecycleEffect> outbox)
    {
        _timers.Start(Timer.SettleLimit, now + _timings.SettleLimit);
        outbox.Add(new Record(new ContactJournalEntry.StopWanted(IntentId)));
        if (ContactId is null)
        {
            SendStart(outbox);
        }
        else
        {
            BeginStop(outbox);
        }
    }

    private void Repeat(Outbox<ContactLifecycleEffect> outbox)
    {
        if (State == ContactLifecycleState.Stopping)
        {
            SendStop(outbox);
        }
        else
        {
            SendStart(outbox);
        }
    }

    private void BeginStop(Outbox<ContactLifecycleEffect> outbox)
    {
        State = ContactLifecycleState.Stopping;
        Attempts = 0;
        SendStop(outbox);
    }

    private void SendStart(Outbox<ContactLifecycleEffect> outbox)
    {
        Attempts++;
        outbox.Add(new ContactLifecycleEffect.Start(_request));
    }

    private void SendStop(Outbox<ContactLifecycleEffect> outbox)
    {
        Invariant.Require(ContactId is not null);

        Attempts++;
        outbox.Add(new Stop(_request.InstanceId, ContactId));
    }

    private void ScheduleRetry(TimeSpan? atLeast, Instant now)
    {
        var mean = _timings.BackOffFirst * Math.Pow(2, Math.Min(Attempts - 1, 10));
        var capped = mean < _timings.BackOffMax ? mean : _timings.BackOffMax;
        var wait = (capped / 2) + (capped * _random.NextDouble());
        _timers.Start(Timer.Retry, now + (atLeast is { } min && min > wait ? min : wait));
    }

    private void Finish(ContactFate fate, Outbox<ContactLifecycleEffect> outbox)
    {
        State = ContactLifecycleState.Settled;
        _timers.StopAll();
        outbox.Add(new Record(new ContactJournalEntry.Settled(IntentId, fate)));
        outbox.Add(new Finished(fate));
    }
}

/// <summary>The states of the machine in <see cref="ContactLifecycle"/>.</summary>
public enum ContactLifecycleState
{
    Idle,
    Starting,
    Active,
    Stopping,
    Settled,
}
