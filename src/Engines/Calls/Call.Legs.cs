using Farspan.Chime;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Routing;
using Farspan.Sip;

namespace Farspan.Calls;

/// <content>What one leg says and the other is to do.</content>
public sealed partial class Call
{
    // Either leg may say something because of what the other did: go round until both are quiet.
    private void Pump(Instant now)
    {
        while (Carrier.Events.Count > 0 || _contact?.Events.Count > 0)
        {
            foreach (var carrier in Carrier.Events.Drain())
            {
                Apply(carrier, now);
            }

            foreach (var contact in _contact?.Events.Drain() ?? [])
            {
                Apply(contact, now);
            }
        }

        PumpAnchor(now);
    }

    private void Apply(CarrierLegEvent carrier, Instant now)
    {
        switch (carrier)
        {
            case CarrierLegEvent.MediaChanged changed:
                Command(new MediaCommand.ConfigureCarrier(MediaId, changed.Audio));
                _reports.AddMedia(changed.Audio);
                break;
            case CarrierLegEvent.HoldChanged hold:
                _contact?.Mute(hold.IsHeld, now, _ports.World);
                _reports.Add(CallEventKind.HoldChanged, ("held", hold.IsHeld));
                Tell(Routed.Attributes.Hold, hold.IsHeld ? "true" : "false", now);
                _anchor?.Tokens.Renew();
                break;
            case CarrierLegEvent.Refreshed refreshed:
                TellHeaders(refreshed.Request, now);
                break;
            case CarrierLegEvent.Confirmed:
                CompleteToken(200, "", now);
                break;
            case CarrierLegEvent.InfoAnswered answered:
                CompleteToken(answered.StatusCode, answered.Epochs, now);
                break;
            case CarrierLegEvent.TokenReceived received:
                TakeCallerToken(received.Token.Span);
                break;
            case CarrierLegEvent.DigitReceived digit:
                Press(digit.Digit, DigitSource.SipInfo, now);
                break;
            case CarrierLegEvent.Ended ended when MayBeAdopted(ended.Outcome):
                LoseEdge(_anchor!.EdgeNode, ended.Detail, now);
                break;
            case CarrierLegEvent.Ended ended:
                End(ended.Outcome, ended.Detail, now);
                break;
            default:
                throw Invariant.Unreachable(carrier);
        }
    }

    private void Apply(ContactLegEvent contact, Instant now)
    {
        switch (contact)
        {
            case ContactLegEvent.Joined joined:
                Progress.JoinedAt ??= now;
                _reports.Add(CallEventKind.MeetingJoined, ("turn", joined.HasTurn));
                break;
            case ContactLegEvent.Connected connected:
                Answer(connected.SelectedPair, now);
                break;
            case ContactLegEvent.Rejoining rejoining:
                _reports.Add(CallEventKind.Rejoining, ("cause", rejoining.Cause));
                break;
            case ContactLegEvent.Rejoined rejoined:
                _reports.Add(CallEventKind.Rejoined, ("pair", rejoined.SelectedPair));
                break;
            case ContactLegEvent.RosterChanged roster:
                HasAgent = roster.Entry.IsAgent
                    ? roster.Change is not (RosterChange.Left or RosterChange.Dropped)
                    : HasAgent;
                _reports.Add(
                    CallEventKind.RosterChanged, ("change", roster.Change), ("agent", roster.Entry.IsAgent));
                break;
            case ContactLegEvent.Ended ended:
                EndByContact(ended, now);
                break;
            default:
                throw Invariant.Unreachable(contact);
        }
    }

    private void TellHeaders(SipRequest request, Instant now)
    {
        var changes = AttributeMapper.MapChanges(
            name => request.TryGetHeader(name, out var value) ? value : null, Routed.Attributes);
        foreach (var (key, value) in changes)
        {
            Tell(key, value, now);
        }
    }

    private void Tell(string? attribute, string value, Instant now)
    {
        if (attribute is not null && !IsClosing)
        {
            _attributes.Set(AttributeMapper.CleanKey(attribute), value, now, _ports.World);
        }
    }

    private void Answer(string selectedPair, Instant now)
    {
        _reports.Add(CallEventKind.ContactConnected, ("pair", selectedPair));
        if (State != CallState.Joining)
        {
            return;
        }

        State = CallState.Talking;
        Progress.AnsweredAt = now;
        Command(new MediaCommand.Bridge(MediaId, IsOpen: true));
        AttachToken(now);
        Carrier.Answer(now, _ports.Sip);
        _reports.AddAnswered();
    }

    private void EndByContact(ContactLegEvent.Ended ended, Instant now)
    {
        if (ended.Outcome == CallOutcome.Displaced)
        {
            Fence(now);
            return;
        }

        if (ended.IsContactOver)
        {
            _ports.Desk.Release(Id, ContactFate.EndedByConnect, now, _ports.World);
        }

        End(IsGoneForGood(ended) ? CallOutcome.ContactGone : ended.Outcome, ended.Detail, now);
    }

    // Another node owns the contact: whatever we sent now would hurt a call that is alive elsewhere.
    private void Fence(Instant now)
    {
        _reports.Add(CallEventKind.Fenced, ("contactId", ContactId), ("epochs", _anchor?.Epochs.ToString()));
        _anchor?.Contact.Displace();
        _contact?.Relinquish(now, _ports.World);
        Hush();
        Carrier.Fence(now);
        _ports.Desk.Release(Id, ContactFate.HandedOver, now, _ports.World);
        End(CallOutcome.Displaced, "joined from another node", now);
    }
}
