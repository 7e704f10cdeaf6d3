using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls;

/// <content>
/// The call as the contact anchor of an edge's caller: tokens, epochs, fencing (decision 0015).
/// </content>
public sealed partial class Call
{
    /// <summary>Inputs that a doubtful call keeps; beyond them it would be a memory leak, not a call.</summary>
    private const int WithheldInputsMax = 1_024;

    private readonly CallAnchor? _anchor;
    private readonly Queue<Action> _withheldInputs = [];

    /// <summary>Every dialog that the call had with an edge; the last is the one that counts.</summary>
    public IReadOnlyList<SipDialogId> Dialogs { get; private set; }

    /// <summary>Whether the caller's half is an edge's.</summary>
    public bool IsAnchored => _anchor is not null;

    /// <summary>The edge that holds the caller; null for a carrier's call.</summary>
    public string? EdgeNode => _anchor?.EdgeNode;

    public CallEpochs Epochs => _anchor?.Epochs ?? default;

    /// <summary>
    /// Whether we did not run for a while and the edge has not confirmed yet that the contact is ours: nothing goes
    /// out.
    /// </summary>
    public bool IsDoubtful => _anchor is { Contact.State: LegFenceState.Doubtful } && !IsClosing;

    private Instant? AnchorDeadline => IsClosing ? null : _anchor?.Deadline;

    private bool WasAnswered => Progress.AnsweredAt is not null;

    /// <summary>Does it now, or once the edge has confirmed that the contact is ours.</summary>
    public void Do(Action action)
    {
        if (!IsDoubtful)
        {
            action();
        }
        else if (_withheldInputs.Count < WithheldInputsMax)
        {
            _withheldInputs.Enqueue(action);
        }
    }

    /// <summary>We did not run for a while: silent until the edge says that nobody has taken over.</summary>
    public void Doubt(Instant now)
    {
        if (_anchor is null || IsClosing || _anchor.Contact.IsFenced)
        {
            return;
        }

        // An answer that lay unread while we did not run says nothing about now.
        Carrier.ForgetInfo();
        _anchor.Tokens.Forget();
        _anchor.Contact.Suspend();
        Hush();
        _reports.Add(CallEventKind.Doubtful, ("epochs", _anchor.Epochs.ToString()));
        _anchor.Tokens.Renew();
        PumpAnchor(now);
    }

    /// <summary>A request in one of the call's dialogs.</summary>
    public void ReceiveRequest(SipServerTransaction transaction, Instant now)
    {
        var isCurrent = SipDialogId.OfReceived(transaction.Request) == Carrier.DialogId;
        if (isCurrent && IsFencedBy(transaction.Request, now))
        {
            // Somebody else holds the contact: it will answer in its own dialog.
            Carrier.ReceiveRequest(transaction, now, _ports.Sip);
        }
        else if (isCurrent && _anchor is { Adoption.Attempt: not null })
        {
            // Its edge is back while another one is being asked: who has the caller is not known yet.
            Adopter!.Layer.Respond(transaction, Carrier.PutOff(transaction), now, _ports.Sip);
        }
        else if (isCurrent && !IsStale(transaction.Request))
        {
            Carrier.ReceiveRequest(transaction, now, _ports.Sip);
        }
        else if (_anchor is { Contact.IsFenced: false })
        {
            Adopter!.Layer.Respond(transaction, Carrier.RefuseStale(transaction), now, _ports.Sip);
        }

        Pump(now);
    }

    /// <summary>Whether an INVITE for this call may put its caller's half on another dialog.</summary>
    public bool MayReturnTo(EdgeInvite edge, Epoch own) =>
        _anchor is { Contact.IsFenced: false } anchor
        && !IsClosing
        && _local is not null
        && edge.Caller >= anchor.Caller.Highest
        && own > anchor.Contact.Highest;

    /// <summary>The caller's half comes back over another dialog; ours stays as it is.</summary>
    public void Return(CarrierLeg carrier, EdgeInvite edge, Epoch own, Instant now)
    {
        Invariant.Require(_anchor is not null && _local is not null);
        _anchor.Retake(own);
        _anchor.Caller.Hear(edge.Caller);
        if (edge.CallerToken is { } token)
        {
            _anchor.TakeCallerToken(token);
        }

        Use(carrier, now);
        Carrier.Begin(_local, now, _ports.Sip);
        Pump(now);
        if (State == CallState.Talking)
        {
            _anchor.Tokens.Renew();
            AttachToken(now);
            Carrier.Answer(now, _ports.Sip);
        }
        else if (!IsClosing)
        {
            Carrier.Ring(now, _ports.Sip);
            _anchor.Tokens.Renew();
        }

        Pump(now);
    }

    // Not even a good-bye in RTCP: somebody else speaks for this half.
    private void Hush()
    {
        if (IsAnchored && _media == MediaState.Open)
        {
            Command(new MediaCommand.Hush(MediaId, IsHushed: true));
        }
    }

    private void Use(CarrierLeg carrier, Instant now)
    {
        Carrier.Supersede(now);
        Carrier = carrier;
        Dialogs = [.. Dialogs, carrier.DialogId];
        _anchor!.Tokens.Forget();
        _anchor.Adoption.Complete();
        _anchor.Contact.Confirm();
        Carrier.Epochs = _anchor.Epochs.ToString();
    }

    // The token names the seat before anybody takes it: a survivor could go on from here.
    private void OfferFirstToken(Instant now)
    {
        _anchor!.FirstTokenLimit = now + _anchor.Node.Timings.FirstTokenMax;
        _anchor.Tokens.Renew();
        PumpAnchor(now);
    }

    private void JoinResumed(ResumeToken token, Instant now)
    {
        ContactId = token.ContactId;
        Progress.RequestedAt = now;
        Progress.BegunAt = now;
        if (!_ports.Desk.TryAdopt(Id, Routed.Request, token.ContactId, now, _ports.World))
        {
            End(CallOutcome.ContactGone, "the contact is being stopped here", now);
            return;
        }

        State = CallState.Joining;
        _started = ResumeTokens.ToContact(token);
        _digits.Resume((int)token.DigitIndex, token.DigitsOnTheirWay?.Reveal() ?? "", ResumeTokens.ToConnection(token));
        _digits.Attach(token.InstanceId, token.ParticipantToken, now, _ports.World);
        _attributes.Attach(token.InstanceId, token.ContactId, now, _ports.World);
        var join = _started.Meeting!.ToChimeJoin() with { AudioSessionId = token.AudioSessionId };
        var chime = new Chime.ChimeSession(join, _ports.Settings.Chime, _ports.Random, _ports.ClockOrigin);
        _contact = new ContactLeg(Id, MediaId, chime, _ports.Settings.ContactLeg)
        {
            KeepsSeat = IsAnchored,
        };
        _contact.Start(now, _ports.World);
        _contact.Mute(token.IsMuted || Carrier.Audio is { IsHeldByPeer: true }, now, _ports.World);
    }

    // Sends what is due; what waits for its acknowledgement is released by CompleteToken.
    private void PumpAnchor(Instant now)
    {
        if (_anchor is not { Contact.IsFenced: false } anchor || IsClosing || _contact is null)
        {
            return;
        }

        var connection = _digits.Connection?.ConnectionToken.Reveal() ?? "";
        if (_digits.MessageIndex != anchor.AnnouncedDigits || connection != anchor.AnnouncedConnection)
        {
            (anchor.AnnouncedDigits, anchor.AnnouncedConnection) = (_digits.MessageIndex, connection);
            anchor.Tokens.Renew();
        }

        Carrier.Epochs = anchor.Epochs.ToString();
        if (anchor.Tokens.IsDue && !anchor.Adoption.IsWanted && Carrier.TrySendToken(SealToken(now), now, _ports.Sip))
        {
            anchor.Tokens.Offer();
        }
    }

    private void AttachToken(Instant now)
    {
        if (_anchor is null)
        {
            return;
        }

        // What was on its way goes again: the answer to it may still come, and says nothing new then.
        _anchor.Tokens.Renew();
        _anchor.Tokens.Offer();
        Carrier.Epochs = _anchor.Epochs.ToString();
        Carrier.Attach(SealToken(now));
    }

    private SealedToken SealToken(Instant now)
    {
        var token = ResumeTokens.Create(Routed, _started!, _contact!.AudioSessionId) with
        {
            ConnectionToken = _digits.Connection?.ConnectionToken,
            ConnectionExpiresAt = _digits.Connection?.Expiry,
            DigitIndex = (uint)_digits.MessageIndex,
            DigitsOnTheirWay = _digits.OnTheirWay.Length > 0 ? new Redacted<string>(_digits.OnTheirWay) : null,
            IsMuted = Carrier.Audio is { IsHeldByPeer: true },
        };
        return _anchor!.Node.Sealer.Seal(Id, _anchor.Contact.Own, token.Encode(), _ports.WallAt(now));
    }

    private void CompleteToken(int statusCode, string epochs, Instant now)
    {
        if (_anchor is not { } anchor || IsClosing)
        {
            return;
        }

        switch (statusCode)
        {
            case >= 200 and < 300:
                anchor.Tokens.Acknowledge();
                Release(anchor, now);
                break;
            case 412:
                Hear(epochs);
                Fence(now);
                break;
            case 481 when WasAnswered:
                LoseEdge(anchor.EdgeNode, "INFO: 481", now);
                break;
            default:
                anchor.Tokens.Refuse(now);
                break;
        }
    }

    private void Release(CallAnchor anchor, Instant now)
    {
        if (anchor.Contact.Confirm())
        {
            Command(new MediaCommand.Hush(MediaId, IsHushed: false));
            while (!IsDoubtful && _withheldInputs.TryDequeue(out var input))
            {
                input();
            }
        }

        if (!anchor.Tokens.IsAcknowledged || IsClosing)
        {
            return;
        }

        anchor.FirstTokenLimit = null;
        if (State == CallState.Joining && _contact is { State: ContactLegState.Idle })
        {
            TakeSeat(now);
        }

        _digits.Release(now, _ports.World);
    }

    private void ExpireAnchor(Instant now)
    {
        if (_anchor is not { } anchor || IsClosing)
        {
            return;
        }

        anchor.Tokens.Expire(now);
        ExpireAdoption(anchor, now);
        if (!IsClosing && anchor.FirstTokenLimit <= now)
        {
            anchor.FirstTokenLimit = null;
            End(CallOutcome.EdgeUnreachable, "the edge did not take the first token", now);
        }

        Pump(now);
    }

    // What an edge says in its current dialog about our half: a higher epoch is somebody else's.
    private bool IsFencedBy(SipRequest request, Instant now)
    {
        if (_anchor is not { Contact.IsFenced: false } || IsClosing
            || !request.TryGetHeader(ClusterHeaders.Epoch, out var text))
        {
            return false;
        }

        Hear(text);
        if (_anchor.Contact.IsFenced)
        {
            Fence(now);
        }

        return _anchor.Contact.IsFenced;
    }

    private bool IsStale(SipRequest request) =>
        _anchor is not null
        && request.TryGetHeader(ClusterHeaders.Epoch, out var text)
        && CallEpochs.TryParse(text, out var epochs)
        && epochs.Caller < _anchor.Caller.Highest;

    private void Hear(string text)
    {
        if (!CallEpochs.TryParse(text, out var epochs))
        {
            return;
        }

        if (epochs.Contact is { } contact)
        {
            _anchor!.Contact.Hear(contact);
        }

        if (epochs.Caller is { } caller)
        {
            _anchor!.Caller.Hear(caller);
        }
    }

    private void TakeCallerToken(ReadOnlySpan<byte> bytes)
    {
        if (_anchor is not null && SealedToken.TryDecode(bytes, out var token, out _) && token.Header.CallId == Id)
        {
            _anchor.TakeCallerToken(token);
        }
    }

    // Of a contact that another node has begun: it can be had by nobody any more.
    private bool IsGoneForGood(ContactLegEvent.Ended ended) =>
        _anchor?.Resumed is not null && !WasAnswered
        && (ended.IsContactOver || ended.Outcome is CallOutcome.SignalingAuthRejected
            or CallOutcome.SignalingAtCapacity or CallOutcome.AttendeeRemoved);

    // The edge can have the contact rebuilt elsewhere, unless it is over, nobody wants it, or it never carried a call.
    private bool LeavesContactAlive(CallOutcome outcome) =>
        _anchor is { } anchor && (WasAnswered || anchor.Resumed is not null)
        && outcome is not (CallOutcome.CallerHungUp or CallOutcome.CallerCancelled or CallOutcome.CarrierLost
            or CallOutcome.ContactEnded or CallOutcome.ContactEndedWhileRinging or CallOutcome.ContactGone
            or CallOutcome.AttendeeRemoved);

    private void TellContactState(CallOutcome outcome)
    {
        if (_anchor is null)
        {
            return;
        }

        var isEnd = outcome is CallOutcome.ContactEnded or CallOutcome.AttendeeRemoved
            or CallOutcome.ContactEndedWhileRinging;
        Carrier.ContactState = LeavesContactAlive(outcome) ? ClusterHeaders.ContactAlive
            : isEnd ? ClusterHeaders.ContactEnded
            : ClusterHeaders.ContactGone;
    }

    private void LetContactGo(CallOutcome outcome, Instant now)
    {
        if (LeavesContactAlive(outcome))
        {
            _contact?.Relinquish(now, _ports.World);
            _ports.Desk.Release(Id, ContactFate.HandedOver, now, _ports.World);
        }
        else
        {
            _contact?.Leave(now, _ports.World);
            _ports.Desk.Abandon(Id, now, _ports.World);
        }
    }
}
