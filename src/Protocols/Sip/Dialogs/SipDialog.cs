using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// One side of a dialog made by an INVITE: gives our requests their sequence, route and target, and judges
/// those of the peer.
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §12, §13.2.2.4, §14; RFC 6141 for when a target refresh counts.</para>
/// <code>
///   TryAccept (UAS) ─► Early ──Answered 2xx──► Confirmed ──BYE, 481, 408──► Terminated
///   TryCall   (UAC) ─► Early | Confirmed ─────────▲
/// </code>
/// </remarks>
public sealed class SipDialog
{
    private static readonly TimeSpan _glareUnit = TimeSpan.FromMilliseconds(10);

    private SipDialogState _state;

    private SipDialog(SipDialogState state) => _state = state;

    public SipDialogId Id => new(_state.CallId, _state.Local.Tag ?? "", _state.Remote.Tag ?? "");

    public SipDialogPhase Phase => _state.Phase;

    public uint LocalSequence => _state.LocalSequence;

    /// <summary>What our INVITEs, UPDATEs and 2xx say in their Contact.</summary>
    public NameAddress Contact => _state.Contact;

    public SipUri RemoteTarget => _state.RemoteTarget;

    public IReadOnlyList<NameAddress> RouteSet => _state.RouteSet;

    /// <summary>Whom our next request goes to: the first proxy, else the peer itself
    /// (RFC 3261 §12.2.1.1).</summary>
    public SipUri NextHop => RouteSet.Count > 0 ? RouteSet[0].Uri : RemoteTarget;

    /// <summary>Whether an INVITE of ours has no final response yet.</summary>
    public bool HasLocalInvitePending { get; private set; }

    /// <summary>Whether an INVITE of the peer's has no final response yet.</summary>
    public bool HasRemoteInvitePending { get; private set; }

    /// <summary>Makes the dialog of an INVITE that we answer (RFC 3261 §12.1.1).</summary>
    /// <param name="invite">Its transaction, whose tag becomes ours.</param>
    /// <param name="contact">Our own Contact.</param>
    /// <param name="dialog">The dialog; null if the INVITE cannot make one.</param>
    /// <returns>False if the Contact is missing or no Request-URI, or the route is beyond
    /// <see cref="SipDialogLimits"/>: 400.</returns>
    public static bool TryAccept(
        SipServerTransaction invite, NameAddress contact, [NotNullWhen(true)] out SipDialog? dialog)
    {
        dialog = null;
        var request = invite.Request;
        if (UsableTarget(request) is not { } target || !AreUsable(request.RecordRoutes))
        {
            return false;
        }

        dialog = new SipDialog(new SipDialogState(
            request.CallId,
            request.To.WithTag(invite.LocalTag),
            request.From,
            contact,
            target,
            request.RecordRoutes)
        {
            RemoteSequence = request.CSeq.Number,
        })
        {
            HasRemoteInvitePending = true,
        };
        return true;
    }

    /// <summary>Makes the dialog that a response to our INVITE stands for (RFC 3261 §12.1.2).</summary>
    /// <returns>False for a 100, a failure, or a route that is beyond <see cref="SipDialogLimits"/> or no
    /// Request-URI: after a 2xx see <see cref="WithoutRoute"/>.</returns>
    public static bool TryCall(
        SipRequest invite, SipResponse response, [NotNullWhen(true)] out SipDialog? dialog)
    {
        Invariant.Require(invite.Method == SipMethod.Invite && invite.Contact is not null);

        dialog = null;
        if (response.StatusCode is <= 100 or >= 300 || !AreUsable(response.RecordRoutes))
        {
            return false;
        }

        dialog = new SipDialog(CalledState(invite, response) with
        {
            RouteSet = Reversed(response.RecordRoutes),
            Phase = response.IsSuccess ? SipDialogPhase.Confirmed : SipDialogPhase.Early,
        })
        {
            HasLocalInvitePending = response.IsProvisional,
        };
        return true;
    }

    /// <summary>
    /// A dialog good for nothing but the ACK and the BYE that a 2xx wants whose route cannot be used: both go
    /// to the peer itself (RFC 3261 §13.2.2.4).
    /// </summary>
    public static SipDialog WithoutRoute(SipRequest invite, SipResponse response)
    {
        Invariant.Require(invite.Contact is not null && response.IsSuccess);
        return new SipDialog(CalledState(invite, response) with { Phase = SipDialogPhase.Confirmed });
    }

    /// <summary>Takes up a dialog of another node, or of one before a restart.</summary>
    public static SipDialog Restore(SipDialogState state) => new(state);

    /// <summary>The dialog as a value; it does not change with the dialog.</summary>
    public SipDialogState Capture() => _state;

    /// <summary>
    /// Leaves out sequence numbers that another node may have used for this dialog since its state was
    /// captured.
    /// </summary>
    public void SkipSequence(uint count) =>
        _state = _state with { LocalSequence = _state.LocalSequence + count };

    /// <summary>Begins a request within the dialog, other than ACK and CANCEL (RFC 3261 §12.2.1.1).</summary>
    public SipRequestBuilder CreateRequest(SipMethod method, Via via)
    {
        Invariant.Require(method is not (SipMethod.Ack or SipMethod.Cancel or SipMethod.Other));
        Invariant.Require(_state.LocalSequence + 1 < SipDialogLimits.SequenceEnd);

        HasLocalInvitePending |= method == SipMethod.Invite;
        _state = _state with { LocalSequence = _state.LocalSequence + 1 };
        return Begin(method, _state.LocalSequence, via);
    }

    /// <summary>Begins the ACK of a 2xx; its CSeq number is that of the INVITE
    /// (RFC 3261 §13.2.2.4).</summary>
    public SipRequestBuilder CreateAck(uint inviteSequence, Via via) =>
        Begin(SipMethod.Ack, inviteSequence, via);

    /// <summary>Judges a request of the peer's, other than the one that made the dialog
    /// (RFC 3261 §12.2.2).</summary>
    public SipDialogVerdict Receive(SipRequest request)
    {
        if (request.Method == SipMethod.Ack)
        {
            return SipDialogVerdict.Accept;
        }

        if (request.CSeq.Number < _state.RemoteSequence)
        {
            return SipDialogVerdict.OutOfOrder;
        }

        _state = _state with { RemoteSequence = request.CSeq.Number };
        if (request.Method == SipMethod.Bye)
        {
            End();
        }

        return request.Method == SipMethod.Invite ? ReceiveInvite() : SipDialogVerdict.Accept;
    }

    /// <summary>Begins the response that a verdict other than Accept asks for.</summary>
    public static SipResponseBuilder CreateRefusal(
        SipServerTransaction transaction, SipDialogVerdict verdict, RandomSource random)
    {
        Invariant.Require(verdict != SipDialogVerdict.Accept);

        // RFC 3261 §14.2: Retry-After is a random number of seconds from 0 to 10.
        return verdict == SipDialogVerdict.Glare
            ? transaction.CreateResponse(491)
            : transaction.CreateResponse(500).AddHeader(SipHeader.RetryAfter, $"{random.NextInt32(11)}");
    }

    /// <summary>Notes our response to a request of the peer's in this dialog, the one that made it
    /// included.</summary>
    public void Answered(SipRequest request, int statusCode)
    {
        if (statusCode < 200)
        {
            return;
        }

        HasRemoteInvitePending &= request.Method != SipMethod.Invite;
        if (statusCode < 300)
        {
            Confirm(request);
        }
        else if (Phase == SipDialogPhase.Early && request.Method == SipMethod.Invite)
        {
            End();
        }
    }

    /// <summary>Notes a response of the peer's to a request of ours in this dialog
    /// (RFC 3261 §12.2.1.2).</summary>
    public void Receive(SipResponse response)
    {
        if (!response.IsFinal)
        {
            return;
        }

        HasLocalInvitePending &= response.CSeq.Method != SipMethod.Invite;
        if (response.IsSuccess)
        {
            ReceiveSuccess(response);
        }
        else if (response.StatusCode is 481 or 408
            || (Phase == SipDialogPhase.Early && response.CSeq.Method == SipMethod.Invite))
        {
            End();
        }
    }

    /// <summary>Notes that a request of ours will get no response.</summary>
    public void Failed(SipRequest request) => HasLocalInvitePending &= request.Method != SipMethod.Invite;

    public void End() => _state = _state with { Phase = SipDialogPhase.Terminated };

    /// <summary>
    /// How long to wait before an INVITE that met 491 is sent again: 2.1 to 4 s for the owner of the Call-ID,
    /// 0 to 2 s for the other side (RFC 3261 §14.1).
    /// </summary>
    public TimeSpan GlareDelay(RandomSource random) =>
        _glareUnit * (_state.IsCaller ? 210 + random.NextInt32(191) : random.NextInt32(201));

    /// <summary>Whether a URI may become a Request-URI (RFC 3261 §19.1.1, table 1: no headers, no
    /// method).</summary>
    private static bool IsUsable(SipUri uri) =>
        uri.Scheme is SipUriScheme.Sip or SipUriScheme.Sips
        && uri.Headers is null
        && !uri.Parameters.Contains("method")
        && uri.ToString().Length <= SipDialogLimits.UriLengthMax;

    private static SipDialogState CalledState(SipRequest invite, SipResponse response) => new(
        invite.CallId,
        invite.From,
        response.To,
        invite.Contact!,
        UsableTarget(response) ?? invite.RequestUri,
        [])
    {
        IsCaller = true,
        LocalSequence = invite.CSeq.Number,
    };

    private static SipUri? UsableTarget(SipMessage message) =>
        message.Contact is { } contact && IsUsable(contact.Uri) ? contact.Uri : null;

    private static bool AreUsable(IReadOnlyList<NameAddress> routes)
    {
        foreach (var route in routes)
        {
            if (!IsUsable(route.Uri))
            {
                return false;
            }
        }

        return routes.Count <= SipDialogLimits.RoutesMax;
    }

    private static NameAddress[] Reversed(IReadOnlyList<NameAddress> routes)
    {
        NameAddress[] reversed = [.. routes];
        Array.Reverse(reversed);
        return reversed;
    }

    private SipDialogVerdict ReceiveInvite()
    {
        if (HasLocalInvitePending)
        {
            return SipDialogVerdict.Glare;
        }

        if (HasRemoteInvitePending)
        {
            return SipDialogVerdict.InvitePending;
        }

        HasRemoteInvitePending = true;
        return SipDialogVerdict.Accept;
    }

    private void ReceiveSuccess(SipResponse response)
    {
        if (Phase == SipDialogPhase.Early && response.CSeq.Method == SipMethod.Invite
            && AreUsable(response.RecordRoutes))
        {
            // RFC 3261 §13.2.2.4: the 2xx decides on the route, whatever provisional responses said.
            _state = _state with { RouteSet = Reversed(response.RecordRoutes) };
        }

        Confirm(response);
        if (response.CSeq.Method == SipMethod.Bye)
        {
            End();
        }
    }

    /// <summary>A 2xx to an INVITE or UPDATE, ours or the peer's: its other side's Contact is the new
    /// target.</summary>
    private void Confirm(SipMessage message)
    {
        if (message.CSeq.Method is not (SipMethod.Invite or SipMethod.Update)
            || Phase == SipDialogPhase.Terminated)
        {
            return;
        }

        var target = UsableTarget(message) ?? _state.RemoteTarget;
        var phase = message.CSeq.Method == SipMethod.Invite ? SipDialogPhase.Confirmed : Phase;
        _state = _state with { RemoteTarget = target, Phase = phase };
    }

    private SipRequestBuilder Begin(SipMethod method, uint sequence, Via via)
    {
        // RFC 3261 §12.2.1.1: a strict router takes the Request-URI, and the target goes last.
        var isStrict = RouteSet.Count > 0 && !RouteSet[0].Uri.IsLooseRouter;
        var builder = new SipRequestBuilder(method, isStrict ? RouteSet[0].Uri : RemoteTarget)
        {
            From = _state.Local,
            To = _state.Remote,
            CallId = _state.CallId,
            CSeqNumber = sequence,
            Contact = method is SipMethod.Invite or SipMethod.Update ? Contact : null,
        };
        builder.AddVia(via);
        for (var i = isStrict ? 1 : 0; i < RouteSet.Count; i++)
        {
            builder.AddRoute(RouteSet[i]);
        }

        return isStrict ? builder.AddRoute(new NameAddress(RemoteTarget)) : builder;
    }
}
