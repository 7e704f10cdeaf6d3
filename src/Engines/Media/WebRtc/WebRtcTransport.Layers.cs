using Farspan.Ice;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;
using Farspan.Srtp;

namespace Farspan.Media;

// What the layers of a transport say to each other: TURN to ICE, ICE to DTLS, DTLS to SRTP.
public sealed partial class WebRtcTransport
{
    private Way? _dtlsWay;

    private DatagramKind Accept(
        Way way, Span<byte> datagram, Instant now, IDatagramSink sink, out Span<byte> media)
    {
        media = default;
        var kind = RtcpMux.Classify(datagram);
        switch (kind)
        {
            case DatagramKind.Rtp or DatagramKind.Rtcp:
                return Verify(kind, datagram, out media) ? kind : DatagramKind.Unknown;
            case DatagramKind.Stun:
                _ice!.Receive(way.BaseId, way.Remote, datagram, now, _iceEffects);
                PerformIce(now, sink);
                Reschedule();
                break;
            case DatagramKind.Dtls when _dtls is not null:
                _dtlsWay = way;
                _dtls.Receive(datagram, now);
                FollowDtls(now, sink);
                Reschedule();
                break;
        }

        return DatagramKind.Unknown;
    }

    private bool Verify(DatagramKind kind, Span<byte> datagram, out Span<byte> media)
    {
        media = default;
        var bytes = 0;
        var isGenuine = _verification is not null && (kind == DatagramKind.Rtcp
            ? _verification.TryUnprotectControl(datagram, datagram.Length, out bytes, out _)
            : _verification.TryUnprotect(datagram, datagram.Length, out bytes, out _));
        if (!isGenuine)
        {
            PacketsRefused++;
            return false;
        }

        if (State == WebRtcState.Secured && kind == DatagramKind.Rtp)
        {
            BecomeConnected();
        }

        media = datagram[..bytes];
        return true;
    }

    private void FollowRelays(Instant now, IDatagramSink sink)
    {
        if (_relays is null)
        {
            return;
        }

        if (State == WebRtcState.Gathering && _relays.State == RelayState.Found)
        {
            AddRelayed(_relays.Found!);
            FinishGathering();
        }
        else if (State == WebRtcState.Gathering && _relays.State == RelayState.Failed)
        {
            GatherWithoutRelay(now, sink);
        }
        else if (_relays.State == RelayState.Lost && IsLive && UsesRelay)
        {
            Lose(ContactLoss.RelayUnavailable, _relays.Detail, now, sink);
        }

        Reschedule();
    }

    private bool UsesRelay =>
        _settings.RelayPolicy == IceRelayPolicy.RelayOnly || _ice!.Selection?.BaseId == RelayBase;

    private void AddRelayed(RelayAttempt relay)
    {
        var mapped = _relays!.Mapped;
        var related = mapped.IsNone ? _endpoint.LocalAddress : mapped;
        _ice!.AddLocal(IceLocalCandidate.Relayed(RelayBase, relay.Session!.Relayed, related));
        if (!relay.IsStream && !mapped.IsNone && mapped != _endpoint.LocalAddress)
        {
            _ice.AddLocal(IceLocalCandidate.ServerReflexive(SocketBase, mapped, _endpoint.LocalAddress));
        }
    }

    private void GatherWithoutRelay(Instant now, IDatagramSink sink)
    {
        if (_settings.RelayPolicy == IceRelayPolicy.RelayOnly)
        {
            Lose(ContactLoss.RelayUnavailable, _relays!.Detail, now, sink);
        }
        else
        {
            _relays!.Close(now, sink);
            FinishGathering();
        }
    }

    private void FinishGathering()
    {
        State = WebRtcState.Gathered;
        var digest = _resources.Dtls.LocalFingerprint.ToString();
        Invariant.Require(Fingerprint.TryParse(digest, out var fingerprint));
        Events.Add(new WebRtcEvent.Gathered(new LocalTransport
        {
            SessionId = _random.NextUInt64() >> 2,
            IceUfrag = _credentials.UserNameFragment,
            IcePassword = _credentials.Password,
            Fingerprint = fingerprint,
            Candidates = [.. _ice!.LocalCandidates.Select(local => ToAttribute(local.Candidate))],
            Ssrc = _endpoint.Ssrc,
            CanonicalName = _endpoint.CanonicalName,
        }));
    }

    private void PerformIce(Instant now, IDatagramSink sink)
    {
        for (var i = 0; i < _iceEffects.Count; i++)
        {
            switch (_iceEffects[i])
            {
                case IceEffect.Transmit { BaseId: RelayBase } transmit:
                    _relays!.Send(transmit.Remote, transmit.Bytes.Span, now, sink);
                    break;
                case IceEffect.Transmit transmit:
                    sink.Send(_endpoint.SocketTag, transmit.Remote, transmit.Bytes.Span);
                    break;
                case IceEffect.Selected selected:
                    Select(selected.Selection, now, sink);
                    break;
                case IceEffect.Connected:
                    StartDtls(now, sink);
                    break;
                case IceEffect.ConsentLost:
                    Lose(ContactLoss.ConsentLost, $"no consent on {SelectedPair}", now, sink);
                    break;
                case IceEffect.Failed failed:
                    Lose(ContactLoss.IceFailed, Describe(failed.Failure), now, sink);
                    break;
            }
        }

        _iceEffects.Clear();
    }

    private string Describe(IceFailure failure) =>
        _relays is { State: RelayState.Failed } ? $"{failure} (no relay: {_relays.Detail})" : $"{failure}";

    private void Select(IceSelection selection, Instant now, IDatagramSink sink)
    {
        var relay = selection.BaseId == RelayBase ? $" through {_relays!.Found?.Uri}" : "";
        SelectedPair = $"{selection.LocalKind} {selection.Local}{relay} to "
            + $"{selection.RemoteKind} {selection.Remote}";
        if (selection.BaseId == RelayBase)
        {
            _relays!.Bind(selection.Remote, now, sink);
        }
    }

    // RFC 8842 §5.3: the answer says who opens; "actpass" in an answer is an error that we read as "passive".
    private void BeginDtls(RemoteTransport remote, Instant now, IDatagramSink sink)
    {
        var isClient = _endpoint.Role == WebRtcRole.Offerer && remote.Setup != SetupRole.Active;
        var expected = new DtlsFingerprint(remote.Fingerprint.Hash);
        _dtls = _resources.Dtls.Create(isClient ? DtlsRole.Client : DtlsRole.Server, expected);
        if (!isClient)
        {
            _dtls.Start(now);
            FollowDtls(now, sink);
        }
    }

    private void StartDtls(Instant now, IDatagramSink sink)
    {
        State = State == WebRtcState.Checking ? WebRtcState.Securing : State;
        if (_dtls is { State: DtlsState.New })
        {
            _dtls.Start(now);
        }

        FollowDtls(now, sink);
    }

    private void FollowDtls(Instant now, IDatagramSink sink)
    {
        SendDtls(now, sink);
        switch (_dtls!.State)
        {
            case DtlsState.Connected when _protection is null:
                _protection = new SrtpSender(_dtls.Keys!.Local, _resources.Sha1);
                _verification = new SrtpReceiver(_dtls.Keys.Remote, _resources.Sha1);
                break;
            case DtlsState.Failed:
                Lose(ContactLoss.DtlsFailed, $"{_dtls.FailureReason} {_dtls.FailureDetail}", now, sink);
                return;
            case DtlsState.Closed:
                Lose(ContactLoss.ConsentLost, "the peer closed DTLS", now, sink);
                return;
        }

        if (_protection is not null && State == WebRtcState.Securing)
        {
            State = WebRtcState.Secured;
            _timers.Start(Timer.FirstMedia, now + _settings.FirstMediaPatience);
        }
    }

    /// <summary>Handshakes go the selected way; before there is one, to where the peer's came from.</summary>
    private void SendDtls(Instant now, IDatagramSink sink)
    {
        if (_dtls is null)
        {
            return;
        }

        var way = _ice!.TrySelect(out var baseId, out var remote) ? new Way(baseId, remote) : _dtlsWay;
        Span<byte> datagram = stackalloc byte[DtlsLimits.MaxDatagramBytes];
        while (_dtls.TryTakeDatagram(datagram, out var length))
        {
            if (way is { BaseId: RelayBase } relayed)
            {
                _relays!.Send(relayed.Remote, datagram[..length], now, sink);
            }
            else if (way is { } direct)
            {
                sink.Send(_endpoint.SocketTag, direct.Remote, datagram[..length]);
            }
        }
    }

    private void BecomeConnected()
    {
        State = WebRtcState.Connected;
        _timers.Stop(Timer.FirstMedia);
        Events.Add(new WebRtcEvent.Connected(SelectedPair ?? ""));
    }

    private static IceCandidate? ToCandidate(IceCandidateAttribute attribute) =>
        IceCandidate.TryParse(attribute.ToString(), out var candidate, out _) ? candidate : null;

    private static IceCandidateAttribute ToAttribute(IceCandidate candidate)
    {
        var text = candidate.ToString()["candidate:".Length..];
        Invariant.Require(IceCandidateAttribute.TryParse(text, out var attribute));
        return attribute;
    }
}
