using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;
using static Farspan.Calls.CarrierLegEvent;

namespace Farspan.Calls;

/// <content>What a leg whose other side is an edge has beside a carrier's (decision 0015).</content>
public sealed partial class CarrierLeg
{
    private readonly SipDialogId? _continued;
    private object? _owner;
    private SipClientTransaction? _info;

    private CarrierLeg(CarrierLegSettings settings, SipTransactionLayer layer, AdoptedDialog adopted)
    {
        _settings = settings;
        _layer = layer;
        _random = adopted.Random;
        _keys = adopted.Keys;
        _flow = adopted.Flow;
        _dialog = adopted.Dialog;
        _negotiation = adopted.Negotiation;
        _owner = adopted.Owner;
        _continued = adopted.Dialog.Id;
        _messages = new CarrierMessages(settings, adopted.Flow, adopted.Dialog.RemoteTarget);

        // The INVITE was ours: there is none to answer, and no state asks for one.
        _invite = null!;
        State = CarrierLegState.Confirmed;
    }

    /// <summary>What every message says of the call's epochs.</summary>
    public string Epochs
    {
        set => _messages.Epochs = value;
    }

    /// <summary>What the edge is told of the contact with our BYE or refusal: see
    /// <see cref="ClusterHeaders.Contact"/>.</summary>
    public string ContactState
    {
        set => _messages.ContactState = value;
    }

    /// <summary>Whether an INFO of ours waits for its answer.</summary>
    public bool IsInfoPending => _info is not null;

    private bool IsOfEdge => _messages.Epochs.Length > 0;

    private object? Owner => _owner ?? _invite?.Owner;

    /// <summary>Goes on in a dialog that an INVITE of ours has made.</summary>
    public static CarrierLeg Continue(
        CarrierLegSettings settings, SipTransactionLayer layer, AdoptedDialog adopted) =>
        new(settings, layer, adopted);

    /// <summary>Tells the call what was agreed; for a leg that was continued.</summary>
    public void Tell()
    {
        if (_negotiation?.Audio is not null)
        {
            TellMedia();
        }
    }

    /// <summary>A token that goes with the answer to the INVITE; its ACK acknowledges it.</summary>
    public void Attach(SealedToken token) =>
        _messages.Attachments = [new SipBodyPart(ClusterHeaders.ResumeType, token.Bytes)];

    /// <summary>Sends a token in an INFO (RFC 6086); one at a time.</summary>
    /// <returns>False if that cannot be now.</returns>
    public bool TrySendToken(SealedToken token, Instant now, Outbox<SipLayerEffect> sip)
    {
        var isOpen = State is CarrierLegState.Ringing or CarrierLegState.Answered or CarrierLegState.Confirmed;
        if (_dialog is null || _info is not null || !isOpen)
        {
            return false;
        }

        var builder = _dialog.CreateRequest(SipMethod.Info, _layer.CreateVia(RequestFlow()))
            .WithBody(ClusterHeaders.ResumeType, token.Bytes);
        _info = Send(_messages.Finish(builder, null), now, sip);
        return _info is not null;
    }

    /// <summary>The answer to an INFO that is out counts no more.</summary>
    public void ForgetInfo() => _info = null;

    /// <summary>
    /// Goes silent, but for the 100 of the transaction layer: another node owns the caller.
    /// </summary>
    public void Fence(Instant now)
    {
        if (!IsSilent)
        {
            State = CarrierLegState.Fenced;
            StopTimers();
            _timers.Start(Timer.Fence, now + _settings.Timings.Patience);
        }
    }

    /// <summary>Another leg has taken this one's place: silent, for good.</summary>
    public void Supersede(Instant now)
    {
        if (IsUnanswered)
        {
            DismissInvite();
        }

        Fence(now);
    }

    /// <summary>Answers a request of a caller anchor that was taken over: it is to be silent.</summary>
    public SipResponse RefuseStale(SipServerTransaction transaction) =>
        _messages.Respond(transaction, 412).Build();

    /// <summary>Answers a request that cannot be judged yet: its sender asks again.</summary>
    public SipResponse PutOff(SipServerTransaction transaction) =>
        _messages.Respond(transaction, 503).AddHeader(SipHeader.RetryAfter, "1").Build();

    // The edge is lost, the caller may not be: a BYE would hang up on him if it still arrived.
    private bool TryEndSilently(CallOutcome outcome, string detail, Instant now, Outbox<SipLayerEffect> sip)
    {
        var isLost = IsOfEdge
            && outcome is CallOutcome.CarrierLost or CallOutcome.SessionExpired or CallOutcome.NoAck;
        if (isLost)
        {
            End(outcome, detail, now, sip);
        }

        return isLost;
    }

    private void CompleteInfo(SipResponse response)
    {
        _info = null;
        var epochs = response.TryGetHeader(ClusterHeaders.Epoch, out var text) ? text : "";
        Events.Add(new InfoAnswered(response.StatusCode, epochs));
    }

    private void FailInfo(in SipFlow flow)
    {
        _info = null;
        TryReconnect(flow);
        if (!IsSilent)
        {
            Events.Add(new InfoAnswered(408, ""));
        }
    }

    private bool TryTakeToken(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (!IsOfEdge
            || !SipMultipart.TryFind(transaction.Request, ClusterHeaders.CallerType, out var part))
        {
            return false;
        }

        Events.Add(new TokenReceived(part.Content));
        _layer.Respond(transaction, _messages.Respond(transaction, 200).Build(), now, sip);
        return true;
    }

    private void DismissInvite()
    {
        if (_invite is not null)
        {
            _layer.Dismiss(_invite);
        }
    }
}

/// <summary>A dialog that an INVITE of ours has made, with what goes on in it.</summary>
public sealed record AdoptedDialog(SipDialog Dialog, CarrierNegotiation Negotiation, SipFlow Flow, object Owner)
{
    public required RandomSource Random { get; init; }

    public required KeyMaterialSource Keys { get; init; }
}
