using System.Diagnostics.CodeAnalysis;
using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// INVITEs of connectors: each asks to adopt a caller whose edge is dead (decision 0015). Who holds the call, or
/// knows a higher epoch, says so with 412.
/// </summary>
internal sealed class AdoptionRequests(EdgePorts ports, TrunkTable trunks, EdgeCallTable calls)
{
    /// <summary>Answers the INVITE, or returns the call that is adopted.</summary>
    public EdgeCall? Receive(SipServerTransaction request, long mediaId, Instant now)
    {
        if (ports.Anchor is not { } anchor
            || !request.Request.TryGetHeader(ClusterHeaders.Call, out var callId)
            || !TryReadEpochs(request.Request, out var epochs))
        {
            return Refuse(request, 400, "", now);
        }

        if (calls.TryFind(callId, out var alive))
        {
            return Refuse(request, 412, $"{alive.Epochs}", now);
        }

        if (!TryOpen(anchor, request.Request, callId, now, out var token, out var stamp))
        {
            return Refuse(request, 403, "", now);
        }

        if (epochs.Caller!.Value.Node != ports.Settings.Node || epochs.Caller <= stamp.Epoch)
        {
            return Refuse(request, 412, new CallEpochs(stamp.Epoch, null).ToString(), now);
        }

        if (trunks.Find(token.Trunk) is not { } trunk || OwnFlow(token) is not { } flow
            || Resume(token, trunk, flow) is not { } resumed)
        {
            return Refuse(request, 404, "", now);
        }

        return trunks.TryTake(trunk, now)
            ? Begin(new Adoption(token, request, epochs), resumed, callId, mediaId, trunk, now)
            : Refuse(request, 503, "", now);
    }

    private EdgeCall Begin(
        Adoption adoption, Resumed resumed, string callId, long mediaId, Trunk trunk, Instant now)
    {
        var dialog = resumed.Dialog.Capture();
        var admitted = new AdmittedCall
        {
            CallId = callId,
            MediaId = mediaId,
            Trunk = trunk,
            CallerName = dialog.Remote.DisplayName,
            Caller = dialog.Remote.Uri.User,
            CalledUser = dialog.Local.Uri.User ?? "",
            SipCallId = dialog.CallId,
            Headers = adoption.Token.Headers,
        };
        var call = new EdgeCall(ports, admitted, adoption, resumed, now);
        adoption.Request.Owner = call;
        calls.Add(call);
        ports.Report(CallEvent.Create(
            callId,
            CallEventKind.CallerAdopted,
            ("trunk", trunk.Name),
            ("epochs", $"{adoption.Epochs}"),
            ("sipCallId", dialog.CallId)));
        return call;
    }

    private bool TryOpen(
        EdgeAnchor anchor,
        SipRequest request,
        string callId,
        Instant now,
        [NotNullWhen(true)] out CallerToken? token,
        out TokenStamp stamp)
    {
        (token, stamp) = (null, default);
        if (!SipMultipart.TryFind(request, ClusterHeaders.CallerType, out var part)
            || !SealedToken.TryDecode(part.Content.Span, out var sealedToken, out _)
            || !anchor.Opener.TryOpen(
                sealedToken, callId, newest: null, anchor.WallAt(now), out var content, out _))
        {
            return false;
        }

        stamp = sealedToken.Header.Stamp;
        return CallerToken.TryDecode(content, out token, out _);
    }

    private static bool TryReadEpochs(SipRequest request, out CallEpochs epochs)
    {
        epochs = default;
        return request.TryGetHeader(ClusterHeaders.Epoch, out var text)
            && CallEpochs.TryParse(text, out epochs)
            && epochs.Caller is not null;
    }

    // The dead edge's connection is dead with it: ours goes from our own address to the same place.
    private SipFlow? OwnFlow(CallerToken token)
    {
        foreach (var (transport, local) in ports.Settings.Outer)
        {
            if (transport == token.Flow.Transport && local.AddressFamily == token.Flow.Remote.AddressFamily)
            {
                return SipFlow.Connect(transport, local, token.Flow.Remote);
            }
        }

        return null;
    }

    private static Resumed? Resume(CallerToken token, Trunk trunk, in SipFlow flow)
    {
        if (token.LocalDescription is not { } ours || token.RemoteDescription is not { } theirs
            || !SdpParser.TryParse(System.Text.Encoding.UTF8.GetBytes(ours), out var local, out _)
            || !SdpParser.TryParse(System.Text.Encoding.UTF8.GetBytes(theirs), out var remote, out _))
        {
            return null;
        }

        var address = trunk.Leg.ContactAddress ?? flow.Local.Address;
        var contact = new SipUri(null, address.ToString(), flow.Local.Port);
        if (flow.Transport != SipTransport.Udp)
        {
            contact = contact.WithParameter("transport", flow.Transport == SipTransport.Tls ? "tls" : "tcp");
        }

        var dialog = SipDialog.Restore(token.Dialog with { Contact = new NameAddress(contact) });
        dialog.SkipSequence(Adoption.SequenceStep);
        return new Resumed(dialog, new CarrierExchange(local, remote, token.IsLocalOffer), flow);
    }

    private EdgeCall? Refuse(SipServerTransaction request, int statusCode, string epochs, Instant now)
    {
        var response = request.CreateResponse(statusCode);
        if (epochs.Length > 0)
        {
            response.AddHeader(ClusterHeaders.Epoch, epochs);
        }

        ports.Sip.Respond(request, response.Build(), now, ports.SipEffects);
        ports.Report(CallEvent.Create(
            request.Request.CallId,
            CallEventKind.Refused,
            ("method", request.Request.MethodName),
            ("status", statusCode),
            ("cause", "adoption"),
            ("flow", request.Flow.ToString())));
        return null;
    }
}

/// <summary>The carrier's side of an adopted call, before it has media of ours.</summary>
/// <param name="Dialog">With numbers that the dead edge cannot have used.</param>
/// <param name="Exchange">What the dead edge agreed last.</param>
/// <param name="Flow">How the carrier is reached.</param>
internal sealed record Resumed(SipDialog Dialog, CarrierExchange Exchange, SipFlow Flow);
