using System.Globalization;
using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Leads contacts from INITIATED to COMPLETED: runs their flows, follows who comes and goes, and ends them.
/// </summary>
internal sealed class ContactLife(
    EmulatorState state, SignalingServer signaling, Roster roster, AgentDesk desk)
{
    private ContactBehavior Behavior => state.Settings.Contacts;

    public void Start(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        Enter(contact, ContactState.Initiated, now, outbox);
        contact.Timers.Start(ContactTimer.CustomerAbsent, now + Behavior.OutlivesMissingCustomer);
        if (Behavior.FlowStart == FlowStart.AtOnce)
        {
            StartNextBlock(contact, now, outbox);
        }
    }

    /// <summary>Takes note of an attendee who came, went or was lost.</summary>
    public void FollowPresence(Attendee attendee, Instant now, Outbox<ConnectEffect> outbox)
    {
        var contact = attendee.Meeting.Contact;
        if (!contact.IsLive)
        {
            return;
        }

        if (attendee.Role == AttendeeRole.Customer)
        {
            FollowCustomer(contact, attendee, now, outbox);
        }
        else if (contact.Agent is { } agent && agent.Attendee == attendee)
        {
            FollowAgent(contact, attendee, now, outbox);
        }
    }

    public void SetAttribute(
        Contact contact, string key, string value, Instant now, Outbox<ConnectEffect> outbox)
    {
        contact.Attributes[key] = value;
        Log(ConnectEventKind.AttributeSet, contact, $"{key}={value}", now, outbox);
    }

    public void TakeDigits(Contact contact, string digits, Instant now, Outbox<ConnectEffect> outbox)
    {
        contact.Dtmf.Add(new DtmfMessage(digits, state.Log.WallClock(now)));
        Log(ConnectEventKind.DtmfReceived, contact, digits, now, outbox);
        foreach (var digit in digits.Where(digit => digit != ','))
        {
            if (contact.Block is GetDigitsBlock block)
            {
                TakeDigit(contact, block, digit, now, outbox);
            }
        }
    }

    /// <summary>Keeps what a built-in agent heard; another caller's voice is remembered as such.</summary>
    public void TakeHearing(Contact contact, VoiceHearing hearing, Instant now, Outbox<ConnectEffect> outbox)
    {
        var known = contact.Heard;
        contact.Heard = known is null
            ? HeardCaller.First(hearing, state.Log.WallClock(now))
            : known.With(hearing);
        if (known is null || contact.Heard.Strangers > known.Strangers)
        {
            var code = hearing.Code.ToString(CultureInfo.InvariantCulture);
            Log(ConnectEventKind.CallerHeard, contact, code, now, outbox);
        }
    }

    public void AgentAnswered(Contact contact, Agent agent, Instant now, Outbox<ConnectEffect> outbox)
    {
        var attendee = state.AddAttendee(contact.Meeting, AttendeeRole.Agent, $"{agent.Id}-agent");
        contact.Agent = agent;
        contact.LastAgentId = agent.Id;
        desk.Connect(agent, attendee, now, outbox);
        if (agent.Voice is null)
        {
            contact.Timers.Start(ContactTimer.AgentAbsent, now + Behavior.OutlivesVanishedAgent);
        }

        if (contact.Block is QueueBlock)
        {
            StartNextBlock(contact, now, outbox);
        }
    }

    public void AgentLeft(Contact contact, ContactEnd end, Instant now, Outbox<ConnectEffect> outbox)
    {
        contact.EndOfFlow = end;
        ReleaseAgent(contact, now, outbox);
        if (contact.Block is JoinAgentBlock)
        {
            StartNextBlock(contact, now, outbox);
        }
    }

    public void End(Contact contact, ContactEnd end, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (!contact.IsLive)
        {
            return;
        }

        contact.End = end;
        contact.Timers.StopAll();
        Enter(contact, ContactState.Disconnected, now, outbox);
        signaling.EndMeeting(contact.Meeting, now, outbox);
        desk.Withdraw(contact, now, outbox);
        ReleaseAgent(contact, now, outbox);
        contact.Timers.Start(ContactTimer.AfterContactWork, now + Behavior.AfterContactWork);
    }

    public void Expire(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (contact.Timers.TryExpire(ContactTimer.CustomerAbsent, now))
        {
            End(contact, EndByAbsence(contact), now, outbox);
        }
        else if (contact.Timers.TryExpire(ContactTimer.AgentAbsent, now))
        {
            AgentLeft(contact, ContactEnd.AgentVanished, now, outbox);
        }
        else if (contact.Timers.TryExpire(ContactTimer.Block, now))
        {
            FinishBlock(contact, now, outbox);
        }
        else if (contact.Timers.TryExpire(ContactTimer.AfterContactWork, now))
        {
            Enter(contact, ContactState.Completed, now, outbox);
        }
    }

    private void FollowCustomer(Contact contact, Attendee customer, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (contact.Customers.Any(each => each.Presence == AttendeePresence.Connected))
        {
            contact.Timers.Stop(ContactTimer.CustomerAbsent);
            if (contact.BlockIndex < 0)
            {
                StartNextBlock(contact, now, outbox);
            }

            return;
        }

        var hasLeft = customer.Presence == AttendeePresence.Left;
        var outlives = hasLeft ? Behavior.OutlivesLeavingCustomer : Behavior.OutlivesVanishedCustomer;
        if (outlives == TimeSpan.Zero)
        {
            End(contact, EndByAbsence(contact), now, outbox);
        }
        else
        {
            contact.Timers.Start(ContactTimer.CustomerAbsent, now + outlives);
        }
    }

    private static ContactEnd EndByAbsence(Contact contact)
    {
        if (contact.Customers.Any(customer => customer.Presence == AttendeePresence.Lost))
        {
            return ContactEnd.CustomerVanished;
        }

        return contact.Customers.Any(customer => customer.Presence == AttendeePresence.Left)
            ? ContactEnd.CustomerLeft
            : ContactEnd.CustomerMissing;
    }

    private void FollowAgent(Contact contact, Attendee attendee, Instant now, Outbox<ConnectEffect> outbox)
    {
        switch (attendee.Presence)
        {
            case AttendeePresence.Connected:
                contact.Timers.Stop(ContactTimer.AgentAbsent);
                ConnectIfAgentIsThere(contact, now, outbox);
                break;

            case AttendeePresence.Lost:
                contact.Timers.Start(ContactTimer.AgentAbsent, now + Behavior.OutlivesVanishedAgent);
                break;

            default:
                AgentLeft(contact, ContactEnd.AgentHungUp, now, outbox);
                break;
        }
    }

    private void StartNextBlock(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        contact.Timers.Stop(ContactTimer.Block);
        contact.BlockIndex++;
        if (contact.Block is not { } block)
        {
            End(contact, contact.EndOfFlow, now, outbox);
            return;
        }

        Log(ConnectEventKind.BlockStarted, contact, block.Name, now, outbox);
        switch (block)
        {
            case PromptBlock prompt:
                outbox.Add(new ConnectEffect.PlayCue(contact.Meeting.Id, prompt.Cue));
                contact.Timers.Start(ContactTimer.Block, now + prompt.Duration);
                break;

            case GetDigitsBlock digits:
                contact.Digits = "";
                contact.Timers.Start(ContactTimer.Block, now + digits.Timeout);
                break;

            case QueueBlock queue:
                StartQueue(contact, queue, now, outbox);
                break;

            case JoinAgentBlock:
                StartJoinAgent(contact, now, outbox);
                break;

            default:
                End(contact, contact.EndOfFlow, now, outbox);
                break;
        }
    }

    private void StartQueue(Contact contact, QueueBlock queue, Instant now, Outbox<ConnectEffect> outbox)
    {
        Enter(contact, ContactState.Queued, now, outbox);
        outbox.Add(new ConnectEffect.PlayCue(contact.Meeting.Id, queue.Music));
        if (queue.MaxWait is { } maxWait)
        {
            contact.Timers.Start(ContactTimer.Block, now + maxWait);
        }

        desk.Enqueue(contact, now, outbox);
    }

    private void StartJoinAgent(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (contact.Agent is not { Attendee: { } attendee } agent)
        {
            StartNextBlock(contact, now, outbox);
            return;
        }

        if (agent.Voice is { } voice)
        {
            outbox.Add(new ConnectEffect.AttachVoice(contact.Meeting.Id, attendee.Id, voice));
            attendee.Presence = AttendeePresence.Connected;
            roster.Announce(attendee, now, outbox);
        }

        ConnectIfAgentIsThere(contact, now, outbox);
    }

    private void ConnectIfAgentIsThere(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (contact is { Block: JoinAgentBlock, State: not ContactState.ConnectedToAgent }
            && contact.Agent is { Attendee.Presence: AttendeePresence.Connected } agent)
        {
            outbox.Add(new ConnectEffect.StopCue(contact.Meeting.Id));
            Enter(contact, ContactState.ConnectedToAgent, now, outbox);
            desk.StartTalking(agent, now, outbox);
        }
    }

    private void TakeDigit(
        Contact contact, GetDigitsBlock block, char digit, Instant now, Outbox<ConnectEffect> outbox)
    {
        contact.Digits += digit == '#' ? "" : digit;
        contact.Timers.Start(ContactTimer.Block, now + block.Timeout);
        if (digit == '#' || contact.Digits.Length >= block.MaxDigits)
        {
            FinishBlock(contact, now, outbox);
        }
    }

    private void FinishBlock(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        switch (contact.Block)
        {
            case GetDigitsBlock digits:
                SetAttribute(contact, digits.Attribute, contact.Digits, now, outbox);
                break;

            case QueueBlock:
                desk.Withdraw(contact, now, outbox);
                outbox.Add(new ConnectEffect.StopCue(contact.Meeting.Id));
                break;

            default:
                outbox.Add(new ConnectEffect.StopCue(contact.Meeting.Id));
                break;
        }

        StartNextBlock(contact, now, outbox);
    }

    private void ReleaseAgent(Contact contact, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (contact.Agent is not { } agent)
        {
            return;
        }

        contact.Agent = null;
        contact.Timers.Stop(ContactTimer.AgentAbsent);
        if (agent is { Voice: not null, Attendee: { } attendee } && !contact.Meeting.HasEnded)
        {
            outbox.Add(new ConnectEffect.DetachVoice(contact.Meeting.Id, attendee.Id));
        }

        if (agent.Attendee is { } leaving)
        {
            signaling.Dismiss(leaving, now, outbox);
        }

        desk.Release(agent, now, outbox);
    }

    private void Enter(Contact contact, ContactState next, Instant now, Outbox<ConnectEffect> outbox)
    {
        contact.Enter(next, state.Log.WallClock(now));
        Log(ConnectEventKind.StateChanged, contact, next.ToString(), now, outbox);
    }

    private void Log(
        ConnectEventKind kind, Contact contact, string value, Instant now, Outbox<ConnectEffect> outbox) =>
        state.Log.Add(new ConnectEvent(kind) { ContactId = contact.Id, Value = value }, now, outbox);
}
