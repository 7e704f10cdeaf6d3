using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>What agents do: log in, answer, reject, hang up, log out.</summary>
public sealed class AgentApi
{
    private readonly EmulatorState _state;
    private readonly AgentDesk _desk;
    private readonly ContactLife _life;

    internal AgentApi(EmulatorState state, AgentDesk desk, ContactLife life)
    {
        _state = state;
        _desk = desk;
        _life = life;
    }

    public IReadOnlyList<AgentView> All => [.. _desk.Agents.Select(agent => agent.View)];

    /// <summary>Null if there is no such agent.</summary>
    public AgentView? Find(string agentId) => _desk.Find(agentId)?.View;

    public ApiReply<AgentView> LogIn(string? name, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > EmulatorLimits.DisplayNameChars)
        {
            return ApiError.InvalidParameter(
                $"a name of 1 to {EmulatorLimits.DisplayNameChars} characters is needed");
        }

        if (_desk.Agents.Count >= EmulatorLimits.PageAgents)
        {
            return ApiError.LimitExceeded("too many agents");
        }

        var agent = new Agent(Identifiers.Uuid(_state.Random), name, null, _state.Agenda);
        _desk.Add(agent, now, outbox);
        return agent.View;
    }

    /// <summary>Takes the contact that rings; the answer is the way into its meeting.</summary>
    public ApiReply<MeetingJoin> Answer(string agentId, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (_desk.Find(agentId) is not { } agent)
        {
            return ApiError.NotFound("no such agent");
        }

        if (agent is not { State: AgentState.Ringing, Contact: { } contact, BuiltIn: null })
        {
            return ApiError.Conflict("nothing rings");
        }

        _life.AgentAnswered(contact, agent, now, outbox);
        return agent.Attendee is { } attendee
            ? new MeetingJoin(contact.Meeting.Id, attendee.Id, attendee.JoinToken)
            : ApiError.Conflict("the flow does not join the agent");
    }

    /// <summary>Sends the contact that rings to others.</summary>
    public ApiReply<AgentView> Reject(string agentId, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (_desk.Find(agentId) is not { } agent)
        {
            return ApiError.NotFound("no such agent");
        }

        if (agent.State != AgentState.Ringing)
        {
            return ApiError.Conflict("nothing rings");
        }

        _desk.Miss(agent, now, outbox);
        return agent.View;
    }

    /// <summary>Ends <see cref="AgentState.Missed"/> and after-contact work.</summary>
    public ApiReply<AgentView> MakeAvailable(string agentId, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (_desk.Find(agentId) is not { } agent)
        {
            return ApiError.NotFound("no such agent");
        }

        if (agent.State is AgentState.Missed or AgentState.AfterContactWork)
        {
            _desk.SetFree(agent, now, outbox);
        }

        return agent.View;
    }

    public ApiReply<AgentView> HangUp(string agentId, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (_desk.Find(agentId) is not { } agent)
        {
            return ApiError.NotFound("no such agent");
        }

        if (agent is not { State: AgentState.Connecting or AgentState.Talking, Contact: { } contact })
        {
            return ApiError.Conflict("no contact is answered");
        }

        _life.AgentLeft(contact, ContactEnd.AgentHungUp, now, outbox);
        return agent.View;
    }

    /// <summary>
    /// Takes no further contact; one that rings goes to others, one that is answered goes on.
    /// </summary>
    public ApiReply<AgentView> LogOut(string agentId, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (_desk.Find(agentId) is not { BuiltIn: null } agent)
        {
            return ApiError.NotFound("no such agent");
        }

        agent.IsLeaving = true;
        if (agent.State == AgentState.Ringing)
        {
            _desk.Miss(agent, now, outbox);
        }
        else if (agent.State is AgentState.Available or AgentState.Missed or AgentState.AfterContactWork)
        {
            _desk.SetFree(agent, now, outbox);
        }

        return agent.View;
    }

    /// <summary>
    /// The page of an agent is there, or has gone away: then it is missed for a while only.
    /// </summary>
    public void SetPagePresence(string agentId, bool isThere, Instant now)
    {
        if (_desk.Find(agentId) is not { BuiltIn: null } agent)
        {
            return;
        }

        if (isThere)
        {
            agent.Timers.Stop(AgentTimer.Page);
        }
        else
        {
            agent.Timers.Start(AgentTimer.Page, now + _state.Settings.Contacts.AgentOutlivesPage);
        }
    }

    /// <summary>
    /// Makes the built-in agents those of the settings; busy ones finish their contact first.
    /// </summary>
    internal void HireBuiltIn(Instant now, Outbox<ConnectEffect> outbox)
    {
        foreach (var agent in _desk.Agents.Where(agent => agent.BuiltIn is not null).ToArray())
        {
            agent.IsLeaving = true;
            if (agent.State == AgentState.Ringing)
            {
                _desk.Miss(agent, now, outbox);
            }
            else if (agent.Contact is null)
            {
                _desk.SetFree(agent, now, outbox);
            }
        }

        foreach (var settings in _state.Settings.Agents)
        {
            var id = Identifiers.Uuid(_state.Random);
            _desk.Add(new Agent(id, settings.Name, settings, _state.Agenda), now, outbox);
        }
    }

    internal void Expire(Agent agent, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (agent.Timers.TryExpire(AgentTimer.Answer, now))
        {
            _life.AgentAnswered(agent.Contact!, agent, now, outbox);
        }
        else if (agent.Timers.TryExpire(AgentTimer.Ring, now))
        {
            _desk.Miss(agent, now, outbox);
        }
        else if (agent.Timers.TryExpire(AgentTimer.Talk, now))
        {
            _life.AgentLeft(agent.Contact!, ContactEnd.AgentHungUp, now, outbox);
        }
        else if (agent.Timers.TryExpire(AgentTimer.Page, now))
        {
            LogOut(agent.Id, now, outbox);
        }
        else if (agent.Timers.TryExpire(AgentTimer.Work, now))
        {
            _desk.SetFree(agent, now, outbox);
        }
    }
}
