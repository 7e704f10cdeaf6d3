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
public sealed partial class Call
{
    private readonly CallPorts _ports;
    private readonly CallReports _reports;
    private readonly DigitCourier _digits;
    private readonly AttributeCourier _attributes;
    private ContactLeg? _contact;
    private MediaState _media;
    private StartedContact? _started;
    private Sdp.LocalMedia? _local;
    private string _outcomeDetail = "";

    /// <param name="ports">What it works with.</param>
    /// <param name="routed">What was decided about it.</param>
    /// <param name="carrier">The leg of the carrier, or of the edge before it.</param>
    /// <param name="now">The time.</param>
    /// <param name="anchor">Null: a carrier's call, nobody can take its halves over.</param>
    public Call(
        CallPorts ports, RoutedCall routed, CarrierLeg carrier, Instant now, CallAnchor? anchor = null)
    {
        _ports = ports;
        _anchor = anchor;
        Routed = routed;
        Carrier = carrier;
        Progress = new CallProgress(now);
        _reports = new CallReports(routed, Progress, ports.World);
        Dialogs = [carrier.DialogId];
        carrier.Epochs = Epochs.ToString();
        _digits = new DigitCourier(routed.CallId, ports.Settings.Digits, ports.ClockOrigin)
        {
            IsGated = anchor is not null,
        };
        _attributes = new AttributeCourier(
            routed.CallId, routed.Request.Attributes, ports.Settings.Attributes);
    }

    /// <summary>Open: ports are asked for, or there.</summary>
    private enum MediaState
    {
        None,
        Open,
        Closed,
    }

    /// <summary>Our id of the call, the same in every log line of both legs.</summary>
    public string Id => Routed.CallId;

    public long MediaId => Routed.MediaId;

    public RoutedCall Routed { get; }

    public CarrierLeg Carrier { get; private set; }

    public CallProgress Progress { get; }

    public CallState State { get; private set; }

    /// <summary>Why the call ended; null while it lives.</summary>
    public CallOutcome? Outcome { get; private set; }

    /// <summary>The contact's id in Amazon Connect; null before it is started.</summary>
    public string? ContactId { get; private set; }

    /// <summary>Whether an agent is in the meeting.</summary>
    public bool HasAgent { get; private set; }

    /// <summary>Nothing more will come: the engine may forget the call.</summary>
    public bool IsOver =>
        IsClosing && Carrier.IsOver && _contact is not { IsOver: false } && _media == MediaState.Closed;

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => IsDoubtful
        ? AnchorDeadline
        : Instant.Earlier(
            Instant.Earlier(Carrier.Deadline, AnchorDeadline),
            Instant.Earlier(_contact?.Deadline, IsClosing ? null : CourierDeadline));

    private Instant? CourierDeadline => Instant.Earlier(_digits.Deadline, _attributes.Deadline);

    private bool IsClosing => State == CallState.Closing;

    /// <summary>Begins: media ports first, because the answer needs them.</summary>
    public void Start()
    {
        Command(new MediaCommand.Open(MediaId, Routed.MediaAddress, IsAnchored));
        _media = MediaState.Open;
    }

    public void ReceiveMedia(MediaEvent media, Instant now)
    {
        switch (media)
        {
            case MediaEvent.Opened opened when State == CallState.Opening:
                Prepare(opened, now);
                break;
            case MediaEvent.OpenFailed failed:
                CloseMedia(MediaReport.Empty, CallOutcome.MediaResources, failed.Reason, now);
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
            case MediaEvent.Stalled:
                Doubt(now);
                break;
            case MediaEvent.CarrierFlowChanged flow:
                NoteEdgeMedia(flow.IsFlowing, now);
                break;
            case MediaEvent.DigitDetected digit:
                Press(digit.Digit, digit.Source, now);
                break;
            case MediaEvent.CarrierSilent silent when Routed.EndsOnSilence:
                End(CallOutcome.CarrierSilent, $"no RTP for {silent.Silence.TotalSeconds:F0} s", now);
                break;
            case MediaEvent.Closed closed:
                CloseMedia(closed.Report, CallOutcome.Defect, "the media session ended by itself", now);
                break;
        }

        Pump(now);
    }

    public void ReceiveDesk(ContactDeskEvent desk, Instant now)
    {
        switch (desk)
        {
            case ContactDeskEvent.Waiting:
                _reports.Add(CallEventKind.QuotaWaiting, ("instance", Routed.Request.InstanceId));
                break;
            case ContactDeskEvent.Begun begun:
                Join(begun.Contact, now);
                break;
            case ContactDeskEvent.Refused refused:
                End(refused.Outcome, refused.Detail, now, refused.RetryAfter);
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

    public void CompleteParticipant(ConnectResult<ParticipantConnection> result, Instant now)
    {
        if (!IsClosing)
        {
            _digits.CompleteConnect(result, now, _ports.World);
            PumpAnchor(now);
        }
    }

    public void CompleteDigits(ConnectError? error, Instant now)
    {
        if (!IsClosing)
        {
            _digits.CompleteSend(error, now, _ports.World);
            PumpAnchor(now);
        }
    }

    public void CompleteAttributes(ConnectError? error, Instant now)
    {
        if (!IsClosing)
        {
            _attributes.Complete(error, now, _ports.World);
        }
    }

    /// <summary>The operator or a defect ends the call.</summary>
    public void Terminate(CallOutcome outcome, string detail, Instant now)
    {
        End(outcome, detail, now);
        Pump(now);
    }

    public void Expire(Instant now)
    {
        ExpireAnchor(now);
        if (IsDoubtful)
        {
            return;
        }

        if (Carrier.Deadline <= now)
        {
            Carrier.Expire(now, _ports.Sip);
        }

        if (_contact?.Deadline <= now)
        {
            _contact.Expire(now, _ports.World);
        }

        if (!IsClosing && CourierDeadline <= now)
        {
            _digits.Expire(now, _ports.World);
            _attributes.Expire(now, _ports.World);
        }

        Pump(now);
    }

    private void Prepare(MediaEvent.Opened opened, Instant now)
    {
        State = CallState.Preparing;
        var sessionId = _ports.Random.NextUInt64() >> 2;
        var port = opened.CarrierRtp.Port;
        _local = new Sdp.LocalMedia(opened.CarrierRtp.Address, port, port + 1, sessionId);
        Carrier.Begin(_local, now, _ports.Sip);
        Pump(now);
        if (State == CallState.Preparing && _anchor?.Resumed is { } token)
        {
            JoinResumed(token, now);
        }
        else if (State == CallState.Preparing)
        {
            Carrier.Ring(now, _ports.Sip);
            Progress.RequestedAt = now;
            _ports.Desk.Request(Id, Routed.Request, now, _ports.World);
        }
    }

    private void Join(StartedContact contact, Instant now)
    {
        ContactId = contact.ContactId;
        Progress.BegunAt = now;
        _reports.Add(
            CallEventKind.ContactStarted, ("contactId", ContactId), ("instance", Routed.Request.InstanceId));
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
        _started = contact;
        _digits.Attach(Routed.Request.InstanceId, contact.ParticipantToken, now, _ports.World);
        _attributes.Attach(Routed.Request.InstanceId, contact.ContactId, now, _ports.World);
        var chime = new ChimeSession(
            meeting.ToChimeJoin(), _ports.Settings.Chime, _ports.Random, _ports.ClockOrigin);
        _contact = new ContactLeg(Id, MediaId, chime, _ports.Settings.ContactLeg)
        {
            KeepsSeat = IsAnchored,
        };
        if (IsAnchored)
        {
            OfferFirstToken(now);
        }
        else
        {
            TakeSeat(now);
        }
    }

    private void TakeSeat(Instant now)
    {
        _contact!.Start(now, _ports.World);
        _contact.Mute(Carrier.Audio is { IsHeldByPeer: true }, now, _ports.World);
    }

    private void End(CallOutcome outcome, string detail, Instant now, TimeSpan? retryAfter = null)
    {
        if (IsClosing)
        {
            return;
        }

        State = CallState.Closing;
        Outcome = outcome;
        _outcomeDetail = detail;
        Progress.EndedAt = now;
        var cause = SipCauseTable.For(outcome);
        TellContactState(outcome);
        Carrier.HangUp(retryAfter is null ? cause : cause with { RetryAfter = retryAfter }, now, _ports.Sip);
        LetContactGo(outcome, now);
        switch (_media)
        {
            case MediaState.None:
                CloseMedia(MediaReport.Empty, outcome, detail, now);
                break;
            case MediaState.Open:
                Command(new MediaCommand.Close(MediaId));
                break;
        }
    }

    // The end of the media session is the last thing that a call waits for; one that comes by itself ends the
    // call.
    private void CloseMedia(MediaReport report, CallOutcome outcome, string detail, Instant now)
    {
        if (_media == MediaState.Closed)
        {
            return;
        }

        _media = MediaState.Closed;
        End(outcome, detail, now);
        _reports.AddEnded(Outcome!.Value, _outcomeDetail, ContactId, report);
    }

    private void Press(char digit, DigitSource source, Instant now)
    {
        if (!IsClosing && Routed.DigitSources.Contains(source))
        {
            _digits.Press(digit, source, now, _ports.World);
        }
    }

    private void Command(MediaCommand command) => _ports.World.Add(new ConnectorEffect.CommandMedia(command));
}
