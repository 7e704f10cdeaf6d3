using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Brings waiting contacts and free agents together: first come, first served; people before built-in
/// agents, and among them who has been free longest.
/// </summary>
internal sealed class AgentDesk(EmulatorState state)
{
    private readonly List<Agent> _agents = [];
    private readonly List<Contact> _waiting = [];
    private long _freeSequence;

    public IReadOnlyList<Agent> Agents => _agents;

    public Agent? Find(string id) => _agents.Find(agent => agent.Id == id);

    public void Add(Agent agent, Instant now, Outbox<ConnectEffect> outbox)
    {
        _agents.Add(agent);
        SetFree(agent, now, outbox);
    }

    public void Remove(Agent agent, Instant now, Outbox<ConnectEffect> outbox)
    {
        _agents.Remove(agent);
        agent.Timers.StopAll();
        Change(agent, AgentState.LoggedOut, now, outbox);
    }

    public void Enqueue(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        _waiting.Add(contact);
        Match(now, outbox);
    }

    /// <summary>Takes a contact out of the queue, and away from an agent at whom it rings.</summary>
    public void Withdraw(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        _waiting.Remove(contact);
        if (_agents.Find(each => each.Contact == contact && each.State == AgentState.Ringing) is { } agent)
        {
            SetFree(agent, now, outbox);
        }
    }

    /// <summary>An agent does not take the contact: it goes back to the head of the queue.</summary>
    public void Miss(Agent agent, Instant now, Outbox<ConnectEffect> outbox)
    {
        _waiting.Insert(0, agent.Contact!);
        agent.StopContactTimers();
        agent.Contact = null;
        if (agent.IsLeaving)
        {
            Remove(agent, now, outbox);
        }
        else
        {
            Change(agent, AgentState.Missed, now, outbox);
        }

        Match(now, outbox);
    }

    public void Connect(Agent agent, Attendee attendee, Instant now, Outbox<ConnectEffect> outbox)
    {
        agent.Attendee = attendee;
        agent.StopContactTimers();
        Change(agent, AgentState.Connecting, now, outbox);
    }

    public void StartTalking(Agent agent, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (agent.BuiltIn?.TalksFor is { } talksFor)
        {
            agent.Timers.Start(AgentTimer.Talk, now + talksFor);
        }

        Change(agent, AgentState.Talking, now, outbox);
    }

    /// <summary>The contact is over for this agent.</summary>
    public void Release(Agent agent, Instant now, Outbox<ConnectEffect> outbox)
    {
        agent.StopContactTimers();
        agent.Attendee = null;
        agent.Contact = null;
        var work = state.Settings.Contacts.AfterContactWork;
        if (work == TimeSpan.Zero || agent.IsLeaving)
        {
            SetFree(agent, now, outbox);
        }
        else
        {
            agent.Timers.Start(AgentTimer.Work, now + work);
            Change(agent, AgentState.AfterContactWork, now, outbox);
        }
    }

    public void SetFree(Agent agent, Instant now, Outbox<ConnectEffect> outbox)
    {
        agent.StopContactTimers();
        agent.Contact = null;
        if (agent.IsLeaving)
        {
            Remove(agent, now, outbox);
            return;
        }

        agent.FreeSequence = ++_freeSequence;
        Change(agent, AgentState.Available, now, outbox);
        Match(now, outbox);
    }

    private void Match(Instant now, Outbox<ConnectEffect> outbox)
    {
        foreach (var contact in _waiting.ToArray())
        {
            var agent = _agents
                .Where(each => each.State == AgentState.Available)
                .OrderBy(each => each.BuiltIn is not null)
                .ThenBy(each => each.FreeSequence)
                .FirstOrDefault();
            if (agent is null)
            {
                return;
            }

            _waiting.Remove(contact);
            Ring(agent, contact, now, outbox);
        }
    }

    private void Ring(Agent agent, Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        agent.Contact = contact;
        if (agent.BuiltIn is { } builtIn)
        {
            agent.Timers.Start(AgentTimer.Answer, now + builtIn.AnswersAfter);
        }
        else
        {
            agent.Timers.Start(AgentTimer.Ring, now + state.Settings.Contacts.AgentRingTime);
        }

        Change(agent, AgentState.Ringing, now, outbox);
    }

    private void Change(Agent agent, AgentState next, Instant now, Outbox<ConnectEffect> outbox)
    {
        agent.State = next;
        var happened = new ConnectEvent(ConnectEventKind.AgentChanged)
        {
            AgentId = agent.Id,
            ContactId = agent.Contact?.Id,
            Value = next.ToString(),
        };
        state.Log.Add(happened, now, outbox);
        outbox.Add(new ConnectEffect.NotifyAgent(agent.View));
    }
}
