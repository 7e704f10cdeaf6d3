using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// One call at the edge, the caller anchor: the carrier's dialog on one side, a connector on the other, a relay
/// between them. The carrier's side stays whatever becomes of the connector.
/// </summary>
/// <remarks>
/// <code>
///            INVITE       ports             200 of a connector         BYE of either side
///  Opening ─────────► Distributing ──────────────────────► Talking ───────────────► Closing ─► Over
///                       │   ▲ 408, 500, 502-504, silence      │ ▲
///                       └───┘ next connector      connector lost: comfort audio, resume token to the next
/// </code>
/// Sans-IO; owned by the <see cref="EdgeEngine"/>.
/// </remarks>
public sealed partial class EdgeCall
{
    private readonly EdgePorts _ports;
    private readonly HashSet<string> _tried = [];
    private readonly List<InnerLeg> _legs = [];
    private readonly TimerTable<Timer> _timers = new();
    private readonly List<char> _digits = [];
    private MediaState _media;
    private MediaEvent.RelayOpened? _opened;
    private ulong _innerSessionId;
    private InnerLeg? _inner;
    private SipCause? _lastFailure;
    private int _attempts;
    private string _outcome = "";
    private string _detail = "";

    public EdgeCall(EdgePorts ports, AdmittedCall admitted, CarrierLeg carrier, Instant now)
    {
        (_ports, Admitted, _carrier) = (ports, admitted, carrier);
        Progress = new CallProgress(now);
        DialogId = carrier.DialogId;
        Epochs = new CallEpochs(Epoch.First(ports.Settings.Node), null);
    }

    private enum MediaState
    {
        None,
        Open,
        Closed,
    }

    private enum Timer
    {
        /// <summary>Ask the connectors again to take over; 500 ms.</summary>
        Retry,

        /// <summary>Nobody has taken over: the call ends; 15 min.</summary>
        GiveUp,

        /// <summary>Ask again whether the caller is still ours; 500 ms.</summary>
        Doubt,

        /// <summary>Send the token again that the connector did not take; 500 ms.</summary>
        Token,
    }

    /// <summary>Our id of the call, the same in every log line of every node.</summary>
    public string Id => Admitted.CallId;

    public long MediaId => Admitted.MediaId;

    public AdmittedCall Admitted { get; }

    /// <summary>The carrier's dialog as the carrier names it.</summary>
    public SipDialogId DialogId { get; }

    /// <summary>Null while an adopted call waits for its ports.</summary>
    public CarrierLeg? Carrier => _carrier;

    public CallProgress Progress { get; }

    public EdgeCallState State { get; private set; }

    /// <summary>The epochs of both halves, the highest that are known.</summary>
    public CallEpochs Epochs { get; private set; }

    /// <summary>The connector that has the call, or is asked to take it; null while there is none.</summary>
    public InnerLeg? Inner => _inner;

    /// <summary>Every leg that a message may still come for.</summary>
    public IReadOnlyList<InnerLeg> Legs => _legs;

    /// <summary>Nothing more will come: the engine may forget the call.</summary>
    public bool IsOver => IsClosing && _carrier is not { IsOver: false }
        && _media == MediaState.Closed && _legs.TrueForAll(leg => leg.IsOver);

    public Instant? Deadline
    {
        get
        {
            var deadline = Instant.Earlier(IsDoubtful ? null : _carrier?.Deadline, _timers.Next);
            foreach (var leg in _legs)
            {
                deadline = Instant.Earlier(deadline, leg.Deadline);
            }

            return deadline;
        }
    }

    private bool IsClosing => State == EdgeCallState.Closing;

    private Outbox<SipLayerEffect> Sip => _ports.SipEffects;

    /// <summary>Begins: media ports first, because offer and answer need them.</summary>
    public void Start()
    {
        Command(new MediaCommand.OpenRelay(
            MediaId, Admitted.Trunk.MediaAddress, _ports.Settings.InnerMediaAddress));
        _media = MediaState.Open;
    }

    public void ReceiveMedia(MediaEvent media, Instant now)
    {
        switch (media)
        {
            case MediaEvent.RelayOpened opened when State == EdgeCallState.Opening:
                Open(opened, now);
                break;
            case MediaEvent.OpenFailed failed:
                CloseMedia(MediaReport.Empty, CallOutcome.MediaResources, failed.Reason, now);
                break;
            case MediaEvent.Stalled:
                Doubt(now);
                break;
            case MediaEvent.CarrierSilent silent when Admitted.Trunk.EndsOnSilence:
                End(CallOutcome.CarrierSilent, $"no RTP for {silent.Silence.TotalSeconds:F0} s", now);
                break;
            case MediaEvent.Closed closed:
                CloseMedia(closed.Report, CallOutcome.Defect, "the media session ended by itself", now);
                break;
        }

        Pump(now);
    }

    /// <summary>Something of the carrier's dialog: see <see cref="CarrierLeg"/> for what.</summary>
    public void ReceiveCarrier(Action<CarrierLeg> receive, Instant now)
    {
        if (IsDoubtful)
        {
            Withhold(receive);
        }
        else if (_carrier is not null)
        {
            receive(_carrier);
            Pump(now);
        }
    }

    /// <summary>Something of a connector's dialog: see <see cref="InnerLeg"/> for what.</summary>
    public void ReceiveInner(InnerLeg leg, Action<InnerLeg> receive, Instant now)
    {
        receive(leg);
        Pump(now);
    }

    /// <summary>The operator or a defect ends the call.</summary>
    public void Terminate(CallOutcome outcome, string detail, Instant now)
    {
        End(outcome, detail, now);
        Pump(now);
    }

    public void Expire(Instant now)
    {
        if (!IsDoubtful && _carrier?.Deadline <= now)
        {
            _carrier.Expire(now, Sip);
        }

        foreach (var leg in _legs.ToArray())
        {
            if (leg.Deadline <= now)
            {
                leg.Expire(now, Sip);
            }
        }

        if (_timers.TryExpire(Timer.GiveUp, now))
        {
            End("ConnectorsLost", "no connector took the call over", ConnectorsLost, now);
        }
        else if (_timers.TryExpire(Timer.Retry, now))
        {
            RetryTakeover(now);
        }

        if (_timers.TryExpire(Timer.Doubt, now))
        {
            AskEpochs(now);
        }

        if (_timers.TryExpire(Timer.Token, now))
        {
            SendToken(now);
        }

        Pump(now);
    }

    private void Open(MediaEvent.RelayOpened opened, Instant now)
    {
        State = EdgeCallState.Distributing;
        _opened = opened;
        _innerSessionId = _ports.Random.NextUInt64() >> 2;
        if (_adoption is not null)
        {
            Adopt(opened, now);
            return;
        }

        _carrier!.Begin(LocalMediaOf(opened.CarrierRtp, _ports.Random.NextUInt64() >> 2), now, Sip);
        Pump(now);
        if (State == EdgeCallState.Distributing)
        {
            TryNext(now);
        }
    }

    private void End(CallOutcome outcome, string detail, Instant now) =>
        End($"{outcome}", detail, SipCauseTable.For(outcome), now);

    private void End(string outcome, string detail, SipCause cause, Instant now)
    {
        if (IsClosing)
        {
            return;
        }

        RefuseAdoption(outcome, now);
        State = EdgeCallState.Closing;
        (_outcome, _detail) = (outcome, detail);
        Progress.EndedAt = now;
        _timers.StopAll();
        _carrier?.HangUp(cause, now, Sip);
        foreach (var leg in _legs)
        {
            leg.HangUp(cause, now, Sip);
        }

        Use(null);
        switch (_media)
        {
            case MediaState.None:
                CloseMedia(MediaReport.Empty, CallOutcome.Defect, detail, now);
                break;
            case MediaState.Open:
                Command(new MediaCommand.Close(MediaId));
                break;
        }
    }

    // The end of the media session is the last thing that a call waits for; one that comes by itself ends the call.
    private void CloseMedia(MediaReport report, CallOutcome outcome, string detail, Instant now)
    {
        if (_media == MediaState.Closed)
        {
            return;
        }

        _media = MediaState.Closed;
        End(outcome, detail, now);
        ReportEnd(report);
    }

    private static LocalMedia LocalMediaOf(System.Net.IPEndPoint rtp, ulong sessionId) =>
        new(rtp.Address, rtp.Port, rtp.Port + 1, sessionId);

    private void Command(MediaCommand command) => _ports.World.Add(new EdgeEffect.CommandMedia(command));
}
