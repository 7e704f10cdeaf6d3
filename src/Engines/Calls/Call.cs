using Farspan.Chime;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// One call: the carrier's leg and the contact's leg, and the bridge between them (a media-terminating
/// B2BUA, RFC 7092 §3.2). Decides when the caller hears ringing, when he is answered, and who is told what
/// when either side ends.
/// </summary>
/// <remarks>
/// <code>
///            INVITE      ports        contact begun      media flows      BYE, 410, …
///  Opening ─────────► Preparing ────────────────► Joining ─────────► Talking ─────────► Closing ─► Over
///                       180 Ringing, quota, StartWebRTCContact        200 OK
/// </code>
/// 200 is sent when the contact leg carries media, never before; from then on audio flows both ways.
/// Sans-IO; owned by the <see cref="ConnectorEngine"/>.
/// </remarks>
public sealed class Call
{
    private readonly CallPorts _ports;
    private readonly RoutedCall _routed;
    private readonly DigitCourier _digits;
    private ContactLeg? _contact;
    private bool _isMediaOpen;
    private bool _isMediaClosed;
    private bool _hasAgent;
    private MediaReport _mediaReport = MediaReport.Empty;

    public Call(CallPorts ports, RoutedCall routed, CarrierLeg carrier, Instant now)
    {
        _ports = ports;
        _routed = routed;
        Carrier = carrier;
        Progress = new CallProgress(now);
        _digits = new DigitCourier(routed.CallId, ports.Settings.Digits);
    }

    /// <summary>Our id of the call, the same in every log line of both legs.</summary>
    public string Id => _routed.CallId;

    public long MediaId => _routed.MediaId;

    public RoutedCall Routed => _routed;

    public CarrierLeg Carrier { get; }

    public CallProgress Progress { get; }

    public CallState State { get; private set; }

    /// <summary>Why the call ended; null while it lives.</summary>
    public CallOutcome? Outcome { get; private set; }

    /// <summary>The contact's id in Amazon Connect; null before it is started.</summary>
    public string? ContactId { get; private set; }

    public bool HasAgent => _hasAgent;

    /// <summary>Nothing more will come: the engine may forget the call.</summary>
    public bool IsOver => State == CallState.Closing && Carrier.IsOver && _contact is not { IsOver: false } && _isMediaClosed;

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => Instant.Earlier(
        Carrier.Deadline,
        Instant.Earlier(_contact?.Deadline, State == CallState.Closing ? null : _digits.Deadline));

    /// <summary>Begins: media ports first, because the answer needs them.</summary>
    public void Start()
    {
        Command(new MediaCommand.Open(MediaId, _routed.MediaAddress));
        _isMediaOpen = true;
    }

    public void ReceiveMedia(MediaEvent media, Instant now)
    {
        switch (media)
        {
            case MediaEvent.Opened opened when State == CallState.Opening:
                Prepare(opened, now);
                break;
            case MediaEvent.OpenFailed failed:
                _isMediaClosed = true;
                End(CallOutcome.MediaResources, failed.Reason, now);
                break;
            case MediaEvent.Gathered gathered:
                _contact?.MediaGathered(gathered.Transport, now, _ports.World);
                break;
            case MediaEvent.ContactConnected connected:
                _contact?.MediaConnected(connected.SelectedPair);
                break;
            case MediaEvent.ContactLost lost:
                _contact?.MediaLost(lost.Loss, lost.Detail, now, _ports.World);
                break;
            case MediaEvent.DigitDetected digit when _routed.DigitSources.Contains(digit.Source):
                _digits.Press(digit.Digit, digit.Source, now, _ports.World);
                break;
            case MediaEvent.CarrierSilent silent when _routed.EndsOnSilence:
                End(CallOutcome.CarrierSilent, $"no RTP for {silent.Silence.TotalSeconds:F0} s", now);
                break;
            case MediaEvent.Closed closed:
                Finish(closed.Report, now);
                break;
        }

        Pump(now);
    }

    public void ReceiveDesk(ContactDeskEvent desk, Instant now)
    {
        switch (desk)
        {
            case ContactDeskEvent.Waiting:
                Report(CallEventKind.QuotaWaiting, ("instance", _routed.Request.InstanceId));
                break;
            case ContactDeskEvent.Begun begun:
                Join(begun.Contact, now);
                break;
            case ContactDeskEvent.Refused refused:
                End(refused.Outcome, refused.Detail, now, refused.RetryAfter);
                break;
            case ContactDeskEvent.Settled settled:
                Report(CallEventKind.ContactSettled, ("fate", settled.Fate), ("contactId", ContactId));
                break;
        }

        Pump(now);
    }

    /// <summary>Something of the carrier's dialog: see <see cref="CarrierLeg"/> for what.</summary>
    public void ReceiveCarrier(Action<CarrierLeg> receive, Instant now)
    {
        receive(Carrier);
        Pump(now);
    }

    /// <summary>Something of the signalling WebSocket: see <see cref="ContactLeg"/> for what.</summary>
    public void ReceiveContact(Action<ContactLeg> receive, Instant now)
    {
        if (_contact is not null)
        {
            receive(_contact);
            Pump(now);
        }
    }

    public void CompleteParticipant(ConnectResult<ParticipantConnection> result, Instant now) =>
        _digits.CompleteConnect(result, now, _ports.World);

    public void CompleteDigits(ConnectError? error, Instant now) => _digits.CompleteSend(error, now, _ports.World);

    /// <summary>The operator or a defect ends the call.</summary>
    public void Terminate(CallOutcome outcome, string detail, Instant now)
    {
        End(outcome, detail, now);
        Pump(now);
    }

    public void Expire(Instant now)
    {
        if (Carrier.Deadline <= now)
        {
            Carrier.Expire(now, _ports.Sip);
        }

        if (_contact?.Deadline <= now)
        {
            _contact.Expire(now, _ports.World);
        }

        if (State != CallState.Closing && _digits.Deadline <= now)
        {
            _digits.Expire(now, _ports.World);
        }

        Pump(now);
    }

    private void Prepare(MediaEvent.Opened opened, Instant now)
    {
        State = CallState.Preparing;
        var sessionId = _ports.Random.NextUInt64() >> 2;
        var port = opened.CarrierRtp.Port;
        Carrier.Begin(new Sdp.LocalMedia(opened.CarrierRtp.Address, port, port + 1, sessionId), now, _ports.Sip);
        Pump(now);
        if (State == CallState.Preparing)
        {
            Carrier.Ring(now, _ports.Sip);
            Progress.RequestedAt = now;
            _ports.Desk.Request(Id, _routed.Request, now, _ports.World);
        }
    }

    private void Join(StartedContact contact, Instant now)
    {
        ContactId = contact.ContactId;
        Progress.BegunAt = now;
        Report(CallEventKind.ContactStarted, ("contactId", ContactId), ("instance", _routed.Request.InstanceId));
        if (State != CallState.Preparing)
        {
            return;
        }

        if (contact.Meeting is not { } meeting)
        {
            // The answer to a repeated start may name the contact without saying how to join it.
            End(CallOutcome.ConnectUnavailable, "the contact was started without join data", now);
            return;
        }

        State = CallState.Joining;
        _digits.Attach(_routed.Request.InstanceId, contact.ParticipantToken, _ports.World);
        var chime = new ChimeSession(JoinOf(meeting), _ports.Settings.Chime, _ports.Random, _ports.ClockOrigin);
        _contact = new ContactLeg(Id, MediaId, chime, _ports.Settings.ContactLeg);
        _contact.Start(now, _ports.World);
    }

    private static ChimeJoin JoinOf(ContactMeeting meeting) => new()
    {
        SignalingUrl = meeting.SignalingUrl,
        AudioHostUrl = meeting.AudioHostUrl,
        AttendeeId = meeting.AttendeeId,
        JoinToken = meeting.JoinToken,
    };

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
    }

    private void Apply(CarrierLegEvent carrier, Instant now)
    {
        switch (carrier)
        {
            case CarrierLegEvent.MediaChanged changed:
                Command(new MediaCommand.ConfigureCarrier(MediaId, changed.Audio));
                Report(CallEventKind.MediaChanged, DescribeAudio(changed.Audio));
                break;
            case CarrierLegEvent.HoldChanged hold:
                _contact?.Mute(hold.IsHeld, now, _ports.World);
                Report(CallEventKind.HoldChanged, ("held", hold.IsHeld));
                break;
            case CarrierLegEvent.Confirmed:
                break;
            case CarrierLegEvent.DigitReceived digit when _routed.DigitSources.Contains(DigitSource.SipInfo):
                _digits.Press(digit.Digit, DigitSource.SipInfo, now, _ports.World);
                break;
            case CarrierLegEvent.DigitReceived:
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
                Report(CallEventKind.MeetingJoined, ("turn", joined.HasTurn));
                break;
            case ContactLegEvent.Connected connected:
                Answer(connected.SelectedPair, now);
                break;
            case ContactLegEvent.Rejoining rejoining:
                Report(CallEventKind.Rejoining, ("cause", rejoining.Cause));
                break;
            case ContactLegEvent.Rejoined rejoined:
                Report(CallEventKind.Rejoined, ("pair", rejoined.SelectedPair));
                break;
            case ContactLegEvent.RosterChanged roster:
                _hasAgent = roster.Entry.IsAgent ? roster.Change is not (RosterChange.Left or RosterChange.Dropped) : _hasAgent;
                Report(CallEventKind.RosterChanged, ("change", roster.Change), ("agent", roster.Entry.IsAgent));
                break;
            case ContactLegEvent.Ended ended:
                EndByContact(ended, now);
                break;
            default:
                throw Invariant.Unreachable(contact);
        }
    }

    private void Answer(string selectedPair, Instant now)
    {
        Report(CallEventKind.ContactConnected, ("pair", selectedPair));
        if (State != CallState.Joining)
        {
            return;
        }

        State = CallState.Talking;
        Progress.AnsweredAt = now;
        Command(new MediaCommand.Bridge(MediaId, IsOpen: true));
        Carrier.Answer(now, _ports.Sip);
        Report(CallEventKind.Answered, ("setupMs", Progress.SetupMs), ("connectMs", Progress.ConnectMs));
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

        End(ended.Outcome, ended.Detail, now);
    }

    // Another node owns the contact: whatever we sent now would hurt a call that is alive elsewhere.
    private void Fence(Instant now)
    {
        Report(CallEventKind.Fenced, ("contactId", ContactId));
        Carrier.Fence();
        _ports.Desk.Release(Id, ContactFate.HandedOver, now, _ports.World);
        End(CallOutcome.Displaced, "joined from another node", now);
    }

    private void End(CallOutcome outcome, string detail, Instant now, TimeSpan? retryAfter = null)
    {
        if (State == CallState.Closing)
        {
            return;
        }

        State = CallState.Closing;
        Outcome = outcome;
        Progress.EndedAt = now;
        var cause = SipCauseTable.For(outcome);
        Carrier.HangUp(retryAfter is null ? cause : cause with { RetryAfter = retryAfter }, now, _ports.Sip);
        _contact?.Leave(now, _ports.World);
        _ports.Desk.Abandon(Id, now, _ports.World);
        _outcomeDetail = detail;
        if (_isMediaOpen && !_isMediaClosed)
        {
            Command(new MediaCommand.Close(MediaId));
        }
        else
        {
            _isMediaClosed = true;
            ReportEnd();
        }
    }

    private string _outcomeDetail = "";

    private void Finish(MediaReport report, Instant now)
    {
        var wasExpected = State == CallState.Closing;
        _mediaReport = report;
        _isMediaClosed = true;
        if (wasExpected)
        {
            ReportEnd();
        }
        else
        {
            End(CallOutcome.Defect, "the media session ended by itself", now);
        }
    }

    private void ReportEnd() => Report(
        CallEventKind.Ended,
        ("outcome", Outcome),
        ("detail", _outcomeDetail),
        ("answered", Progress.AnsweredAt is not null),
        ("setupMs", Progress.SetupMs),
        ("connectMs", Progress.ConnectMs),
        ("talkMs", Progress.TalkMs),
        ("trunk", _routed.Trunk),
        ("route", _routed.Route),
        ("contactId", ContactId),
        ("media", _mediaReport));

    private static (string, object?)[] DescribeAudio(Sdp.NegotiatedAudio audio) =>
    [
        ("codec", audio.Codec),
        ("ptimeMs", audio.PacketTime.TotalMilliseconds),
        ("srtp", audio.LocalCrypto?.Suite),
        ("direction", audio.Direction),
    ];

    private void Command(MediaCommand command) => _ports.World.Add(new ConnectorEffect.CommandMedia(command));

    private void Report(CallEventKind kind, params (string, object?)[] fields) =>
        _ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(Id, kind, fields)));
}
