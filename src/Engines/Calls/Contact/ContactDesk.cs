using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Gets contacts from Amazon Connect for calls and sees every one of them to its end: asks the quota
/// governor of the instance, runs the contact's life, and goes on with it after the call is gone.
/// </summary>
/// <remarks>
/// Contacts outlive their calls: a StopContact that fails is repeated for minutes. Sans-IO.
/// </remarks>
public sealed class ContactDesk(ContactTimings timings, RandomSource random)
{
    private readonly Dictionary<string, QuotaGovernor> _governors = [];
    private readonly OrderedDictionary<string, InstanceHealth> _healths = [];
    private readonly Dictionary<string, Desired> _waiting = [];
    private readonly Dictionary<string, Held> _held = [];
    private readonly Dictionary<string, string> _intentOfCall = [];
    private readonly DeadlineQueue<object> _deadlines = new();
    private readonly Outbox<QuotaEffect> _quotaEffects = new();
    private readonly Outbox<ContactLifecycleEffect> _lifeEffects = new();

    /// <summary>What the calls are to be told; drained by the owner after every input.</summary>
    public Outbox<ContactDeskEvent> Events { get; } = new();

    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    public Instant? Deadline => _deadlines.Next;

    /// <summary>Contacts whose fate is not settled.</summary>
    public int OpenContacts => _held.Count;

    public IReadOnlyDictionary<string, QuotaGovernor> Governors => _governors;

    /// <summary>Declares an instance before the first call is routed to it.</summary>
    public void Register(string instanceId, QuotaGovernor governor)
    {
        _governors.Add(instanceId, governor);
        _healths.Add(instanceId, new InstanceHealth(instanceId, timings));
    }

    /// <summary>Whether any of the instances works and has quota left for one more call.</summary>
    public NodeAvailability Judge()
    {
        foreach (var (instanceId, health) in _healths)
        {
            if (health.IsUsable && !_governors[instanceId].IsExhausted)
            {
                return NodeAvailability.Available;
            }
        }

        return _healths.Count == 0 ? NodeAvailability.Available : DescribeObstacle();
    }

    /// <summary>A call wants a contact; the answer comes as an event, now or later.</summary>
    public void Request(
        string callId, StartContactRequest request, Instant now, Outbox<ConnectorEffect> outbox)
    {
        Invariant.Require(_governors.ContainsKey(request.InstanceId));

        var governor = _governors[request.InstanceId];
        _waiting.Add(callId, new Desired(request, governor));
        governor.Request(callId, now, _quotaEffects);
        ApplyQuota(governor, now, outbox);
        if (_waiting.ContainsKey(callId))
        {
            Events.Add(new ContactDeskEvent.Waiting(callId));
        }
    }

    /// <summary>The call does not want its contact any more, whatever has become of it.</summary>
    public void Abandon(string callId, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (_waiting.Remove(callId, out var desired))
        {
            desired.Governor.Withdraw(callId, now, _quotaEffects);
            ApplyQuota(desired.Governor, now, outbox);
        }
        else if (FindByCall(callId) is { } held)
        {
            held.Life.Abandon(now, _lifeEffects);
            ApplyLife(held, now, outbox);
        }
    }

    /// <summary>Connect ended the contact, or another node has it: nothing is to be stopped.</summary>
    public void Release(string callId, ContactFate fate, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (FindByCall(callId) is { } held)
        {
            held.Life.Release(fate, _lifeEffects);
            ApplyLife(held, now, outbox);
        }
    }

    /// <summary>
    /// Takes up what the journal left open: contacts of calls that died with an earlier process.
    /// </summary>
    public void Recover(OpenContact open, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (!_held.ContainsKey(open.IntentId))
        {
            var governor = AdoptAt(open.Request.InstanceId);
            Hold(open.CallId, ContactLifecycle.Recover(open, timings, random), governor, now, outbox);
        }
    }

    /// <summary>Takes up the contact of a call that goes on here; another node has started it.</summary>
    /// <returns>False if the contact is being stopped here.</returns>
    public bool TryAdopt(
        string callId, StartContactRequest request, string contactId, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (_held.ContainsKey(request.ClientToken))
        {
            return false;
        }

        var governor = AdoptAt(request.InstanceId);
        Hold(callId, ContactLifecycle.Adopt(request, contactId, timings, random), governor, now, outbox);
        return true;
    }

    public void CompleteStart(
        string intentId, StartedContact contact, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (_held.TryGetValue(intentId, out var held))
        {
            NoteStart(held, null, now);
            held.Life.SucceedStart(contact, now, _lifeEffects);
            ApplyLife(held, now, outbox);
        }
    }

    public void FailStart(string intentId, ConnectError error, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (_held.TryGetValue(intentId, out var held))
        {
            NoteStart(held, error, now);
            held.Life.FailStart(error, now, _lifeEffects);
            ApplyLife(held, now, outbox);
        }
    }

    /// <summary>An instance that was out of use was asked whether it works; null: it does.</summary>
    public void CompleteProbe(string instanceId, ConnectError? error, Instant now)
    {
        if (_healths.TryGetValue(instanceId, out var health))
        {
            health.NoteProbe(error, now);
            _deadlines.Set(health, health.Deadline);
        }
    }

    /// <summary>StopContact was answered; null for success.</summary>
    public void CompleteStop(
        string intentId, ConnectError? error, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (!_held.TryGetValue(intentId, out var held))
        {
            return;
        }

        if (error is null)
        {
            held.Life.SucceedStop(_lifeEffects);
        }
        else
        {
            held.Life.FailStop(error, now, _lifeEffects);
        }

        ApplyLife(held, now, outbox);
    }

    public void Expire(Instant now, Outbox<ConnectorEffect> outbox)
    {
        while (_deadlines.TryTakeDue(now, out var owner))
        {
            switch (owner)
            {
                case QuotaGovernor governor:
                    governor.Expire(now, _quotaEffects);
                    ApplyQuota(governor, now, outbox);
                    break;
                case InstanceHealth health when health.Expire(now):
                    outbox.Add(new ConnectorEffect.ProbeInstance(health.InstanceId));
                    break;
                case Held held:
                    held.Life.Expire(now, _lifeEffects);
                    ApplyLife(held, now, outbox);
                    break;
                default:
                    throw Invariant.Unreachable(owner);
            }
        }
    }

    private void ApplyQuota(QuotaGovernor governor, Instant now, Outbox<ConnectorEffect> outbox)
    {
        foreach (var effect in _quotaEffects.Drain())
        {
            switch (effect)
            {
                case QuotaEffect.Grant grant:
                    Begin(grant.CallId, now, outbox);
                    break;
                case QuotaEffect.Refuse refuse:
                    _waiting.Remove(refuse.CallId);
                    Events.Add(new ContactDeskEvent.Refused(
                        refuse.CallId, CallOutcome.QuotaWait, "no quota in time", refuse.RetryAfter));
                    break;
                default:
                    throw Invariant.Unreachable(effect);
            }
        }

        _deadlines.Set(governor, governor.Deadline);
    }

    private void Begin(string callId, Instant now, Outbox<ConnectorEffect> outbox)
    {
        Invariant.Require(_waiting.Remove(callId, out var desired));
        Hold(callId, new ContactLifecycle(desired.Request, timings, random), desired.Governor, now, outbox);
    }

    private void Hold(
        string callId,
        ContactLifecycle life,
        QuotaGovernor governor,
        Instant now,
        Outbox<ConnectorEffect> outbox)
    {
        var held = new Held(callId, life, governor);
        _held.Add(life.IntentId, held);
        _intentOfCall[callId] = life.IntentId;
        life.Start(callId, now, _lifeEffects);
        ApplyLife(held, now, outbox);
    }

    private void ApplyLife(Held held, Instant now, Outbox<ConnectorEffect> outbox)
    {
        foreach (var effect in _lifeEffects.Drain())
        {
            Apply(effect, held, now, outbox);
        }

        _deadlines.Set(held, held.Life.Deadline);
    }

    private void Apply(ContactLifecycleEffect effect, Held held, Instant now, Outbox<ConnectorEffect> outbox)
    {
        switch (effect)
        {
            case ContactLifecycleEffect.Record record:
                outbox.Add(new ConnectorEffect.WriteJournal(record.Entry));
                break;
            case ContactLifecycleEffect.Start start:
                ReportRepeat(held, outbox);
                outbox.Add(new ConnectorEffect.StartContact(held.Life.IntentId, start.Request));
                break;
            case ContactLifecycleEffect.Stop stop:
                outbox.Add(
                    new ConnectorEffect.StopContact(held.Life.IntentId, stop.InstanceId, stop.ContactId));
                break;
            case ContactLifecycleEffect.Begun begun:
                Events.Add(new ContactDeskEvent.Begun(held.CallId, begun.Contact));
                break;
            case ContactLifecycleEffect.Throttled throttled:
                held.Governor.NoteThrottled(throttled.Pause, now);
                break;
            case ContactLifecycleEffect.Refused refused:
                var outcome = SipCauseTable.OutcomeOf(refused.Error);
                Events.Add(new ContactDeskEvent.Refused(
                    held.CallId, outcome, Describe(refused.Error), refused.Error.RetryAfter));
                break;
            case ContactLifecycleEffect.Finished finished:
                Settle(held, finished.Fate, now, outbox);
                break;
            default:
                throw Invariant.Unreachable(effect);
        }
    }

    private void Settle(Held held, ContactFate fate, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _held.Remove(held.Life.IntentId);
        _intentOfCall.Remove(held.CallId);
        Report(
            held, CallEventKind.ContactSettled, outbox, ("fate", fate), ("contactId", held.Life.ContactId));
        held.Governor.Release(now, _quotaEffects);
        ApplyQuota(held.Governor, now, outbox);
    }

    private static void ReportRepeat(Held held, Outbox<ConnectorEffect> outbox)
    {
        if (held.Life.Attempts > 1)
        {
            var cause = held.Life.LastError is { } error ? Describe(error) : "";
            Report(
                held, CallEventKind.StartRepeated, outbox, ("attempt", held.Life.Attempts), ("cause", cause));
        }
    }

    // The desk writes these lines itself: the call may be gone long since.
    private static void Report(
        Held held, CallEventKind kind, Outbox<ConnectorEffect> outbox, params (string, object?)[] fields) =>
        outbox.Add(new ConnectorEffect.Report(CallEvent.Create(held.CallId, kind, fields)));

    private void NoteStart(Held held, ConnectError? error, Instant now)
    {
        if (_healths.TryGetValue(held.Life.InstanceId, out var health))
        {
            health.NoteStart(error, now);
            _deadlines.Set(health, health.Deadline);
        }
    }

    // Where one works, only its quota is in the way.
    private NodeAvailability DescribeObstacle()
    {
        var works = _healths.Values.Any(health => health.IsUsable);
        var details = _healths.Values.Select(health => health.IsUsable
            ? $"instance {health.InstanceId}: its quota is used up"
            : $"instance {health.InstanceId}: {Describe(health.Fault!)}");
        return new NodeAvailability(
            works ? CallOutcome.QuotaWait : CallOutcome.ConnectUnavailable,
            string.Join("; ", details),
            works ? null : _healths.Values.Select(health => health.Deadline).Min());
    }

    private QuotaGovernor AdoptAt(string instanceId)
    {
        if (!_governors.TryGetValue(instanceId, out var governor))
        {
            // An instance that is not configured here: its contacts are stopped all the same.
            var quota = QuotaSettings.AwsDefault;
            governor = new QuotaGovernor(
                instanceId, quota, new StartRateLimiter(quota.StartsPerSecond, quota.StartBurst));
            _governors.Add(instanceId, governor);
        }

        governor.Adopt();
        return governor;
    }

    private Held? FindByCall(string callId) =>
        _intentOfCall.TryGetValue(callId, out var intentId) ? _held[intentId] : null;

    private static string Describe(ConnectError error) =>
        $"{error.Kind} {error.HttpStatus} {error.ErrorType} {error.Message} {error.RequestId}".Trim();

    private sealed record Desired(StartContactRequest Request, QuotaGovernor Governor);

    private sealed class Held(string callId, ContactLifecycle life, QuotaGovernor governor)
    {
        public string CallId { get; } = callId;

        public ContactLifecycle Life { get; } = life;

        public QuotaGovernor Governor { get; } = governor;
    }
}
