using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <content>Caller tokens: ours, for others; another edge's, when we adopt its caller.</content>
public sealed partial class EdgeCall
{
    private readonly Adoption? _adoption;
    private readonly Resumed? _resumed;
    private CarrierLeg? _carrier;
    private long? _tokenOnItsWay;
    private bool _isTokenDue;

    /// <summary>A call whose edge is dead: the carrier is re-invited, then the connector is answered.</summary>
    internal EdgeCall(
        EdgePorts ports, AdmittedCall admitted, Adoption adoption, Resumed resumed, Instant now)
    {
        (_ports, Admitted, _adoption, _resumed) = (ports, admitted, adoption, resumed);
        Progress = new CallProgress(now) { AnsweredAt = now };
        DialogId = resumed.Dialog.Id;
        Epochs = adoption.Epochs;
    }

    // What to do with an adoption once there are ports: no word to the carrier under inherited keys.
    private void Adopt(MediaEvent.RelayOpened opened, Instant now)
    {
        var (adoption, resumed) = (_adoption!, _resumed!);
        var local = LocalMediaOf(opened.CarrierRtp, 0);
        var media = Admitted.Trunk.Leg.Media;
        if (!CarrierNegotiation.TryResume(
            media, local, resumed.Exchange, Adoption.VersionStep, out var negotiation))
        {
            GiveUpAdoption("the token's descriptions agree on nothing", now);
            return;
        }

        _carrier = CarrierLeg.Continue(
            Admitted.Trunk.Leg with { Media = media with { Codecs = [negotiation.Audio!.Codec] } },
            _ports.Sip,
            new AdoptedDialog(resumed.Dialog, negotiation, resumed.Flow, this)
            {
                Random = _ports.Random,
                Keys = _ports.Keys,
            });
        _carrier.Renew(adoption.Token, now, Sip);
    }

    // The carrier has accepted: the connector is answered with the carrier's codec, and the halves are joined.
    private void CompleteAdoption(Instant now)
    {
        if (_adoption is not { } adoption || State != EdgeCallState.Distributing)
        {
            return;
        }

        var target = _ports.Distributor.FindOrCreate(adoption.Request.Request.Contact!.Uri, adoption.Request.Flow);
        var leg = new InnerLeg(
            target, adoption.Request.Request.CallId, _ports.Settings.Inner, _ports.Sip, _ports.Random, _ports.Keys)
        {
            Owner = this,
            Epochs = $"{Epochs}",
        };
        _legs.Add(leg);
        Use(leg);
        var media = InnerMediaSettings() with { Codecs = [Carrier!.Audio!.Codec] };
        var localMedia = LocalMediaOf(_opened!.InnerRtp, _innerSessionId);
        if (!leg.TryAccept(adoption.Request, media, localMedia, WishOf(Carrier.Audio), now, Sip))
        {
            GiveUpAdoption("no media in common with the connector", now);
            return;
        }

        State = EdgeCallState.Talking;
        TakeTokens(adoption.Request.Request);
        Command(new MediaCommand.ConfigureInner(MediaId, leg.Audio!, IsNewPeer: true));
        Command(new MediaCommand.Bridge(MediaId, IsOpen: true));
        IssueToken(now);
    }

    // Without a word to the carrier: his caller is for the next edge that the connector asks.
    private void GiveUpAdoption(string detail, Instant now)
    {
        _carrier?.Fence(now);
        End("NotAdopted", detail, ConnectorsLost, now);
    }

    private void RefuseAdoption(string outcome, Instant now)
    {
        if (_adoption is { Request.IsAnswered: false } adoption)
        {
            // 480: there is no caller any more; 503: there may be one, for another edge.
            var status = outcome is nameof(CallOutcome.CallerHungUp) or nameof(CallOutcome.CarrierLost) ? 480 : 503;
            _ports.Sip.Respond(adoption.Request, adoption.Request.CreateResponse(status).Build(), now, Sip);
        }
    }

    private void TakeTokens(SipRequest request)
    {
        if (SipMultipart.TryFind(request, ClusterHeaders.ResumeType, out var resume))
        {
            _resumeToken = resume.Content;
        }
    }

    /// <summary>What another edge needs has changed: the connector gets a new token.</summary>
    private void IssueToken(Instant now)
    {
        _isTokenDue = _ports.Anchor is not null && State == EdgeCallState.Talking;
        SendToken(now);
    }

    // One at a time: the newest is the one that counts.
    private void SendToken(Instant now)
    {
        if (!_isTokenDue || _tokenOnItsWay is not null
            || _inner is not { State: InnerLegState.Confirmed } inner || SealToken(now) is not { } token)
        {
            return;
        }

        _tokenOnItsWay = inner.Inform([], [token], now, Sip);
        _isTokenDue = _tokenOnItsWay is null;
    }

    private SipBodyPart? SealToken(Instant now)
    {
        if (_ports.Anchor is not { } anchor || Epochs.Caller is not { } own || own.Node != anchor.Sealer.Node
            || Carrier?.Capture(Admitted.Trunk.Name, Admitted.Headers) is not { } token)
        {
            return null;
        }

        var content = token.Encode();
        return content.Length > TokenLimits.PlainBytesMax
            ? null
            : new SipBodyPart(
                ClusterHeaders.CallerType, anchor.Sealer.Seal(Id, own, content, anchor.WallAt(now)).Bytes);
    }

    private void CompleteToken(InnerLegEvent.InfoAnswered answered, Instant now)
    {
        if (answered.Number != _tokenOnItsWay)
        {
            return;
        }

        _tokenOnItsWay = null;
        if (answered.StatusCode is >= 200 and < 300)
        {
            SendToken(now);
        }
        else
        {
            _isTokenDue = true;
            _timers.Start(Timer.Token, now + _ports.Settings.TokenRetry);
        }
    }
}
