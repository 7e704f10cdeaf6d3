using Farspan.Kernel;

namespace Farspan.Calls.Tests;

/// <summary>A contact desk in virtual time with one instance that has room for two contacts.</summary>
internal sealed class DeskHarness
{
    public static readonly StartContactRequest StartRequest = new()
    {
        InstanceId = "instance",
        ContactFlowId = "flow",
        DisplayName = "x",
        ClientToken = "token",
    };

    private readonly Outbox<ConnectorEffect> _outbox = new();
    private readonly List<ContactDeskEvent> _events = [];

    public DeskHarness()
    {
        Desk = new ContactDesk(new ContactTimings(), new RandomSource(3));
        var quota = new QuotaSettings { ConcurrentContactsMax = 2 };
        Governor = new QuotaGovernor("instance", quota, new StartRateLimiter(100, 100));
        Desk.Register("instance", Governor);
    }

    public ContactDesk Desk { get; }

    public QuotaGovernor Governor { get; }

    public Instant Now { get; private set; }

    public List<ConnectorEffect.StartContact> Starts { get; } = [];

    public List<ConnectorEffect.StopContact> Stops { get; } = [];

    public List<ContactJournalEntry> Journal { get; } = [];

    /// <summary>What Connect answers to stops by itself; null: nothing.</summary>
    public Func<ConnectorEffect.StopContact, ConnectError?> OnStop { get; set; } = _ => null;

    public IEnumerable<ContactDeskEvent.Refused> Refusals => _events.OfType<ContactDeskEvent.Refused>();

    public IEnumerable<ContactDeskEvent.Begun> Begun => _events.OfType<ContactDeskEvent.Begun>();

    public void Request(string callId = "call")
    {
        var request = StartRequest with { ClientToken = callId == "call" ? "token" : callId };
        Do(() => Desk.Request(callId, request, Now, _outbox));
    }

    public void Abandon() => Do(() => Desk.Abandon("call", Now, _outbox));

    public void Release(ContactFate fate) => Do(() => Desk.Release("call", fate, Now, _outbox));

    public void Recover(OpenContact open) => Do(() => Desk.Recover(open, Now, _outbox));

    public void SucceedStart() =>
        Do(() => Desk.CompleteStart("token", ConnectorHarness.Contact("contact"), Now, _outbox));

    public void FailStart(ConnectErrorKind kind, TimeSpan? retryAfter = null) =>
        Do(() => Desk.FailStart("token", new ConnectError(kind) { RetryAfter = retryAfter }, Now, _outbox));

    public void SucceedStop(string token = "token") => Do(() => Desk.CompleteStop(token, null, Now, _outbox));

    public void FailStop(ConnectErrorKind kind) =>
        Do(() => Desk.CompleteStop("token", new ConnectError(kind), Now, _outbox));

    public void Pass(TimeSpan duration)
    {
        var end = Now + duration;
        while (Desk.Deadline is { } deadline && deadline <= end)
        {
            Now = deadline;
            Do(() => Desk.Expire(Now, _outbox));
        }

        Now = end;
    }

    /// <summary>The contact's fate was written once, its slot is free, and nothing waits any more.</summary>
    public void AssertSettled(ContactFate fate)
    {
        // An instance that is out of use would be asked; that has nothing to do with the contact.
        Desk.CompleteProbe("instance", null, Now);
        Assert.Equal(fate, Assert.Single(Journal.OfType<ContactJournalEntry.Settled>()).Fate);
        Assert.Equal(0, Governor.ActiveContacts);
        Assert.Equal(0, Desk.OpenContacts);
        Assert.Null(Desk.Deadline);
    }

    public void AssertOneToken() => Assert.Single(Starts.Select(s => s.Request.ClientToken).Distinct());

    private void Do(Action action)
    {
        action();
        while (_outbox.Count > 0)
        {
            foreach (var effect in _outbox.Drain())
            {
                Note(effect);
            }
        }

        _events.AddRange(Desk.Events.Drain());
    }

    private void Note(ConnectorEffect effect)
    {
        switch (effect)
        {
            case ConnectorEffect.WriteJournal write:
                Journal.Add(write.Entry);
                break;
            case ConnectorEffect.StartContact start:
                Starts.Add(start);
                break;
            case ConnectorEffect.StopContact stop:
                Stops.Add(stop);
                if (OnStop(stop) is { } error)
                {
                    Desk.CompleteStop(stop.IntentId, error, Now, _outbox);
                }

                break;
        }
    }
}
