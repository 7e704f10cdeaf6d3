using Farspan.Ice;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Stun;

namespace Farspan.Media.Tests;

public sealed class WebRtcMediaTests
{
    private static readonly TransportAddress OurAddress = BridgedCall.Address(2, 6_000);
    private static readonly TransportAddress TheirAddress = BridgedCall.Address(3, 6_000);
    private static readonly TransportAddress TurnAddress = BridgedCall.Address(9, 3_478);
    private static readonly TransportAddress RelayedAddress = BridgedCall.Address(9, 50_000);

    private readonly MediaNetwork _network = new();
    private readonly MediaResources _ourResources = BridgedCall.Resources(1);
    private readonly MediaResources _theirResources = BridgedCall.Resources(2);

    [Fact]
    public void OffererAndAnswerer_ConnectAndHearEachOther()
    {
        var (offerer, answerer) = Connect();
        _network.Run(TimeSpan.FromSeconds(4));

        Assert.Contains(7, offerer.Tones.Heard);
        Assert.Contains(7, answerer.Tones.Heard);
        Assert.Single(offerer.Events.OfType<WebRtcEvent.Connected>());
        Assert.Contains($"{OurAddress}", offerer.Media.SelectedPair, StringComparison.Ordinal);
        Assert.Contains($"{TheirAddress}", offerer.Media.SelectedPair, StringComparison.Ordinal);
    }

    [Fact] // RFC 8842 §5.3: the answer decides; an answerer of ours is always passive.
    public void Offerer_IsTheDtlsClientAndAnswererTheServer()
    {
        Connect();
        Assert.Equal(DtlsRole.Client, Assert.Single(Dtls(_ourResources).Sessions).Role);
        Assert.Equal(DtlsRole.Server, Assert.Single(Dtls(_theirResources).Sessions).Role);
    }

    [Fact]
    public void Connected_MeansThatMediaWasAuthenticated()
    {
        var (offerer, answerer) = Begin();
        answerer.Speaks = false;
        offerer.Speaks = false;
        _network.RunUntil(() => Dtls(_ourResources).Sessions is [{ State: DtlsState.Connected }]);
        Assert.False(offerer.IsConnected);

        answerer.Speaks = true;
        _network.RunUntil(() => offerer.IsConnected);
    }

    [Fact]
    public void PeerThatSaysNothing_CountsAsConnectedAfterTheTimeSet()
    {
        var (offerer, answerer) = Begin();
        answerer.Speaks = false;
        _network.RunUntil(() => Dtls(_ourResources).Sessions is [{ State: DtlsState.Connected }]);
        _network.Run(TimeSpan.FromMilliseconds(480));
        Assert.False(offerer.IsConnected);
        _network.Run(TimeSpan.FromMilliseconds(60));
        Assert.True(offerer.IsConnected);
    }

    [Fact]
    public void NobodyThere_IceFails()
    {
        var (offerer, answerer) = Begin();
        answerer.Vanish();
        _network.RunUntil(() => offerer.Loss is not null);
        Assert.Equal(ContactLoss.IceFailed, offerer.Loss!.Loss);
    }

    [Fact] // RFC 8122 §6.2
    public void WrongFingerprint_DtlsFails()
    {
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources);
        var answerer = Create(TheirAddress, WebRtcRole.Answerer, _theirResources);
        offerer.Gather();
        answerer.Gather();
        answerer.Connect(offerer.AsRemote(SetupRole.ActivePassive));
        Assert.True(Fingerprint.TryParse(PlainDtls.FingerprintOf(99).ToString(), out var wrong));
        offerer.Connect(answerer.AsRemote(SetupRole.Passive) with { Fingerprint = wrong });

        _network.RunUntil(() => offerer.Loss is not null);
        Assert.Equal(ContactLoss.DtlsFailed, offerer.Loss!.Loss);
        Assert.Contains("FingerprintMismatch", offerer.Loss.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void DtlsThatNobodyAnswers_Fails()
    {
        _network.Drops = (_, _, datagram) => datagram[0] == 22;
        var (offerer, _) = Begin();
        _network.RunUntil(() => offerer.Loss is not null);
        Assert.Equal(ContactLoss.DtlsFailed, offerer.Loss!.Loss);
    }

    [Fact] // RFC 7675 §5.1
    public void PeerThatVanishes_LosesItsConsent()
    {
        var (offerer, answerer) = Connect();
        answerer.Vanish();
        _network.Run(TimeSpan.FromSeconds(25));
        Assert.Null(offerer.Loss);
        _network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(ContactLoss.ConsentLost, offerer.Loss!.Loss);

        Assert.False(offerer.Media.IsConnected);
    }

    [Fact]
    public void PeerThatClosesDtls_IsLostAtOnce()
    {
        var (offerer, answerer) = Connect();
        answerer.Close();
        _network.Run(TimeSpan.FromMilliseconds(50));
        Assert.Equal(ContactLoss.ConsentLost, offerer.Loss!.Loss);
    }

    [Fact]
    public void LostDatagrams_DoNotKeepFromConnecting()
    {
        _network.Loss = 0.3;
        var (offerer, answerer) = Begin();
        _network.RunUntil(() => offerer.IsConnected && answerer.IsConnected);
    }

    [Fact]
    public void GarbageOfAnyKind_IsIgnored()
    {
        var (offerer, _) = Connect();
        var random = new RandomSource(4);
        var stranger = BridgedCall.Address(66, 666);
        for (var i = 0; i < 5_000; i++)
        {
            var garbage = new byte[random.NextInt32(1_500)];
            random.Fill(garbage);
            if (garbage.Length > 1 && i % 4 != 0)
            {
                // Likely kinds: STUN, DTLS but an alert, channel data, RTP.
                garbage[0] = (i % 4) switch { 1 => 0, 2 => 0x80, _ => 0x40 };
            }
            else if (garbage.Length > 0 && garbage[0] is >= 20 and <= 63)
            {
                garbage[0] = 200;
            }

            _network.Send(i % 2 == 0 ? stranger : TheirAddress, OurAddress, garbage);
        }

        _network.Run(TimeSpan.FromSeconds(4));
        Assert.Null(offerer.Loss);
        Assert.Contains(7, offerer.Tones.Heard);
        Assert.True(offerer.Media.Report().PacketsRefused > 500);
    }

    [Fact] // RFC 8656: the relay is used though a direct way exists, as the policy wants it.
    public void Relay_IsPreferredAndUsesAChannel()
    {
        var turn = new NetworkTurnServer(_network, TurnAddress, RelayedAddress);
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources);
        Gather(offerer, "turn:192.0.2.9:3478?transport=udp");
        _network.RunUntil(() => offerer.Events.OfType<WebRtcEvent.Gathered>().Any());
        Assert.Contains(
            offerer.Local.Candidates,
            candidate => candidate is { Type: IceCandidateType.Relayed, Port: 50_000 });

        var answerer = Answer(offerer);
        _network.RunUntil(() => offerer.IsConnected && answerer.IsConnected);
        _network.Run(TimeSpan.FromSeconds(4));

        Assert.Contains("Relayed", offerer.Media.SelectedPair, StringComparison.Ordinal);
        Assert.Contains(7, offerer.Tones.Heard);
        Assert.Contains(7, answerer.Tones.Heard);
        Assert.True(turn.ChannelFrames > 200);
        Assert.DoesNotContain(offerer.Paths.Effects.ToArray(), notice => notice is TurnPathNotice.Released);

        offerer.Close();
        _network.Run(TimeSpan.FromMilliseconds(50));
        Assert.False(turn.Server.HasAllocation);
    }

    [Fact]
    public void RelayOnly_OffersNothingElse()
    {
        _ = new NetworkTurnServer(_network, TurnAddress, RelayedAddress);
        var settings = new MediaSettings { RelayPolicy = IceRelayPolicy.RelayOnly };
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources, settings);
        Gather(offerer, "turn:192.0.2.9:3478?transport=udp");
        _network.RunUntil(() => offerer.Events.OfType<WebRtcEvent.Gathered>().Any());
        Assert.Equal(IceCandidateType.Relayed, Assert.Single(offerer.Local.Candidates).Type);
    }

    [Fact]
    public void RelayOnlyWithoutARelay_IsLost()
    {
        var settings = new MediaSettings { RelayPolicy = IceRelayPolicy.RelayOnly };
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources, settings);
        Gather(offerer, "turn:192.0.2.9:3478?transport=udp");
        _network.Run(TimeSpan.FromSeconds(4));
        Assert.Null(offerer.Loss);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(ContactLoss.RelayUnavailable, offerer.Loss!.Loss);
        Assert.IsType<TurnPathNotice.Released>(offerer.Paths[^1]);
    }

    [Fact]
    public void PreferredRelayThatDoesNotAnswer_IsDoneWithout()
    {
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources);
        Gather(offerer, "turn:192.0.2.9:3478?transport=udp");
        _network.RunUntil(() => offerer.Events.OfType<WebRtcEvent.Gathered>().Any());
        Assert.Equal(IceCandidateType.Host, Assert.Single(offerer.Local.Candidates).Type);
        var answerer = Answer(offerer);
        _network.RunUntil(() => offerer.IsConnected && answerer.IsConnected);
    }

    [Fact]
    public void TurnServers_AreAskedUdpFirstThenTcpThenTls()
    {
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources);
        offerer.Gather(NetworkTurnServer.Servers(
            "turns:a.example:443?transport=tcp",
            "nonsense",
            "turn:b.example:3478?transport=tcp",
            "turn:c.example:3478?transport=udp"));
        _network.Run(TimeSpan.FromMilliseconds(4_000));

        var hosts = Wanted(offerer).Select(wanted => wanted.Uri.Host);
        Assert.Equal(["c.example", "b.example", "a.example"], hosts);
    }

    [Fact]
    public void TurnServerThatCannotBeReached_GivesWayToTheNextAtOnce()
    {
        var turn = new NetworkTurnServer(_network, TurnAddress, RelayedAddress);
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources);
        offerer.Gather(NetworkTurnServer.Servers("turn:a.example", "turn:b.example"));
        var first = Assert.Single(Wanted(offerer));
        offerer.FailTurnPath(first.PathId, "no such name");
        var second = Wanted(offerer)[1];
        Assert.False(offerer.TryUseTurnPath(new TurnPath(first.PathId, TurnAddress, null)));
        Assert.True(offerer.TryUseTurnPath(new TurnPath(second.PathId, TurnAddress, null)));
        _network.RunUntil(() => offerer.Events.OfType<WebRtcEvent.Gathered>().Any());
        Assert.True(turn.Server.HasAllocation);
    }

    [Fact]
    public void WrongTurnPassword_IsSaidInTheLoss()
    {
        _ = new NetworkTurnServer(_network, TurnAddress, RelayedAddress);
        var settings = new MediaSettings { RelayPolicy = IceRelayPolicy.RelayOnly };
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources, settings);
        offerer.Gather(new TurnServers(["turn:192.0.2.9"], "user", new Redacted<string>("wrong")));
        Assert.True(offerer.TryUseTurnPath(new TurnPath(Wanted(offerer)[0].PathId, TurnAddress, null)));
        _network.RunUntil(() => offerer.Loss is not null);
        Assert.Equal(ContactLoss.RelayUnavailable, offerer.Loss!.Loss);
        Assert.Contains("Unauthorized", offerer.Loss.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void RelayThatForgetsTheAllocation_EndsATransportThatUsesIt()
    {
        var turn = new NetworkTurnServer(_network, TurnAddress, RelayedAddress);
        turn.Server.LifetimeSeconds = 8;
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources);
        Gather(offerer, "turn:192.0.2.9");
        _network.RunUntil(() => offerer.Events.OfType<WebRtcEvent.Gathered>().Any());
        Answer(offerer);
        _network.RunUntil(() => offerer.IsConnected);
        turn.Server.HasAllocation = false;
        _network.RunUntil(() => offerer.Loss is not null);
        Assert.Equal(ContactLoss.RelayUnavailable, offerer.Loss!.Loss);
    }

    [Fact]
    public void Renegotiation_LeavesAConnectedTransportAlone()
    {
        var (offerer, answerer) = Connect();
        offerer.Connect(answerer.AsRemote(SetupRole.Passive));
        offerer.Tones.Forget();
        _network.Run(TimeSpan.FromSeconds(4));
        Assert.Contains(7, offerer.Tones.Heard);
        Assert.Single(offerer.Events.OfType<WebRtcEvent.Connected>());
    }

    [Fact]
    public void Close_DisposesOfEverythingAndSendsNothingMore()
    {
        var (offerer, _) = Connect();
        offerer.Close();
        offerer.Media.Dispose();
        _network.Run(TimeSpan.FromMilliseconds(20));
        var fromUs = 0;
        _network.Drops = (from, _, _) =>
        {
            fromUs += from == OurAddress ? 1 : 0;
            return false;
        };
        _network.Run(TimeSpan.FromSeconds(1));

        Assert.Equal(0, fromUs);
        Assert.True(Assert.Single(Dtls(_ourResources).Sessions).IsDisposed);
        Assert.Equal(0, ((LinearCodecs)_ourResources.Codecs).Alive);
    }

    private static PlainDtls Dtls(MediaResources resources) => (PlainDtls)resources.Dtls;

    private static List<TurnPathNotice.Wanted> Wanted(Participant participant) =>
        [.. participant.Paths.Effects.ToArray().OfType<TurnPathNotice.Wanted>()];

    private static void Gather(Participant offerer, string uri)
    {
        offerer.Gather(NetworkTurnServer.Servers(uri));
        Assert.True(offerer.TryUseTurnPath(new TurnPath(Wanted(offerer)[0].PathId, TurnAddress, null)));
    }

    private Participant Create(
        TransportAddress address,
        WebRtcRole role,
        MediaResources resources,
        MediaSettings? settings = null) =>
        new(_network, address, role, resources, settings);

    private Participant Answer(Participant offerer)
    {
        var answerer = Create(TheirAddress, WebRtcRole.Answerer, _theirResources);
        answerer.Gather();
        answerer.Connect(offerer.AsRemote(SetupRole.ActivePassive));
        offerer.Connect(answerer.AsRemote(SetupRole.Passive));
        return answerer;
    }

    private (Participant Offerer, Participant Answerer) Begin()
    {
        var offerer = Create(OurAddress, WebRtcRole.Offerer, _ourResources);
        offerer.Gather();
        return (offerer, Answer(offerer));
    }

    private (Participant Offerer, Participant Answerer) Connect()
    {
        var (offerer, answerer) = Begin();
        _network.RunUntil(() => offerer.IsConnected && answerer.IsConnected);
        return (offerer, answerer);
    }
}
