using Farspan.Audio;
using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges.Tests;

/// <summary>An edge dies; another one takes its caller over, with the token that the connector kept.</summary>
public sealed class CallerAdoptionTests
{
    private const string CarrierAnswer =
        "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        + "m=audio 40000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n";

    private static readonly KeyRing Ring = CreateRing();

    private readonly EdgeHarness _dead = new(connectors: 1, anchor: Anchor("edge-e1"));
    private readonly EdgeHarness _heir = new(connectors: 1, anchor: Anchor("edge-w1"));
    private readonly SipBodyPart _token;
    private readonly string _callId;

    public CallerAdoptionTests()
    {
        _dead.Establish();
        _callId = _dead.Call.Id;
        var info = _dead.Connectors[0].Requests.Last(r => r.Method == SipMethod.Info);
        Assert.True(SipMultipart.TryFind(info, ClusterHeaders.CallerType, out var token));
        _token = token;
        _heir.Begin();
    }

    [Fact]
    public void AnAnsweredCall_GivesTheConnectorAToken_AndAgainWhenItsDialogChanges()
    {
        var before = Tokens();
        _dead.Send(_dead.Request(
            "INVITE", 2, EdgeHarness.Offer.Replace("1 1 IN", "1 2 IN", StringComparison.Ordinal) + "a=sendonly\r\n"));

        Assert.True(Tokens() > before);
        int Tokens() => _dead.Connectors[0].Requests.Count(r =>
            r.Method == SipMethod.Info && SipMultipart.TryFind(r, ClusterHeaders.CallerType, out _));
    }

    [Fact]
    public void TheCarrierIsReinvited_WithHigherNumbersAndNothingInherited()
    {
        Ask();
        var reinvite = _heir.Requests.Single(r => r.Method == SipMethod.Invite);

        Assert.Equal("call-1@192.0.2.1", reinvite.CallId);
        Assert.True(reinvite.CSeq.Number > 1_000);
        Assert.Equal(_dead.ToTag, reinvite.From.Tag);
        Assert.Equal("carrier", reinvite.To.Tag);
        Assert.True(SdpParser.TryParse(reinvite.Body.Span, out var offer, out _));
        Assert.True(SdpParser.TryParse(AnswerOfTheDead().Body.Span, out var before, out _));
        Assert.Equal(before.Origin.SessionId, offer.Origin.SessionId);
        Assert.True(offer.Origin.SessionVersion > before.Origin.SessionVersion);
        Assert.DoesNotContain(_heir.Media, m => m is MediaCommand.ConfigureCarrier or MediaCommand.Bridge);
        Assert.Null(AnswerToConnector());
    }

    [Fact]
    public void OnceTheCarrierHasAccepted_TheConnectorIsAnswered_AndTheHalvesAreJoined()
    {
        Ask();
        Accept();

        Assert.Equal(200, AnswerToConnector()!.StatusCode);
        Assert.Contains(_heir.Requests, r => r.Method == SipMethod.Ack);
        Assert.Equal(AudioCodec.Pcma, _heir.Media.OfType<MediaCommand.ConfigureCarrier>().Last().Audio.Codec);
        Assert.Contains(_heir.Media, m => m is MediaCommand.Bridge { IsOpen: true });
        Assert.Equal(EdgeCallState.Talking, _heir.Call.State);
        Assert.Equal(_callId, _heir.Call.Id);
        Assert.Equal("edge-w1", _heir.Call.Epochs.Caller!.Value.Node);
    }

    [Fact]
    public void AnAdoptedCall_IsEndedByTheCarrierLikeAnyOther()
    {
        Ask();
        Accept();
        Acknowledge();
        _heir.Send(_heir.Request("BYE", 2).Replace(
            "<sip:+18005550100@198.51.100.9>", $"<sip:+18005550100@198.51.100.9>;tag={_dead.ToTag}",
            StringComparison.Ordinal));

        Assert.Contains(_heir.Connectors[0].Requests, r => r.Method == SipMethod.Bye);
        Assert.Equal("CallerHungUp", _heir.Ended["outcome"]);
        _heir.AssertNothingIsLeft();
    }

    [Fact] // RFC 3261 §14.1
    public void Glare_IsWaitedOut()
    {
        Ask();
        _heir.Reply(_heir.Requests.Single(r => r.Method == SipMethod.Invite), 491);
        _heir.Pass(TimeSpan.FromSeconds(5));

        var numbers = _heir.Requests.Where(r => r.Method == SipMethod.Invite).Select(r => r.CSeq.Number);
        Assert.Equal(2, numbers.Distinct().Count());
        Accept();
        Assert.Equal(200, AnswerToConnector()!.StatusCode);
    }

    [Fact]
    public void ACarrierThatDoesNotKnowTheDialogAnyMore_EndsTheAdoption()
    {
        Ask();
        _heir.Reply(_heir.Requests.Single(r => r.Method == SipMethod.Invite), 481);

        Assert.Equal(480, AnswerToConnector()!.StatusCode);
    }

    [Fact]
    public void AnAdoptionThatFailsHere_LeavesTheCallerToTheNextEdge()
    {
        _heir.SendInner(
            _heir.Connectors[0],
            Adoption("caller=2;node=edge-w1, contact=1;node=c0", codec: AudioCodec.G722));
        Accept();

        Assert.Equal(503, AnswerToConnector()!.StatusCode);
        Assert.DoesNotContain(_heir.Requests, r => r.Method == SipMethod.Bye);
        _heir.Pass(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(_heir.Requests, r => r.Method == SipMethod.Bye);
        _heir.AssertNothingIsLeft();
    }

    [Fact]
    public void ACallThatLivesHere_IsNotAdopted()
    {
        var invite = Adoption("caller=2;node=edge-e1");
        var response = _dead.AskInner(_dead.Connectors[0], invite);

        Assert.Equal(412, response.StatusCode);
        Assert.Contains("caller=1;node=edge-e1", response.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caller=1;node=edge-w1")] // Not above the token's: edge-w1 wins the tie by name, so it is.
    [InlineData("caller=2;node=edge-w9")]
    public void AnEpochThatIsNotOurs_IsRefused(string epochs)
    {
        var response = _heir.AskInner(_heir.Connectors[0], Adoption(epochs));
        Assert.Equal(epochs.EndsWith("w9", StringComparison.Ordinal) ? 412 : 100, response.StatusCode);
    }

    [Fact]
    public void AForgedToken_IsRefusedAndNothingIsSentToTheCarrier()
    {
        var bytes = _token.Content.ToArray();
        bytes[^1] ^= 1;
        var response = _heir.AskInner(
            _heir.Connectors[0],
            Adoption("caller=2;node=edge-w1", new SipBodyPart(ClusterHeaders.CallerType, bytes)));

        Assert.Equal(403, response.StatusCode);
        Assert.Empty(_heir.Requests);
        Assert.Empty(_heir.OpenMedia);
    }

    private SipResponse AnswerOfTheDead() =>
        _dead.Responses.Last(r => r.StatusCode == 200 && r.CSeq.Method == SipMethod.Invite);

    private SipResponse? AnswerToConnector() => _heir.Log.OfType<EdgeEffect.TransmitSip>()
        .Where(t => t.Flow.Remote.Equals(_heir.Connectors[0].Address))
        .Select(t => SipParser.TryParse(t.Message.Span, SipFraming.Stream, out var m, out _) ? m : null)
        .OfType<SipResponse>().LastOrDefault(r => r.CSeq.Method == SipMethod.Invite && r.IsFinal);

    private void Ask() => _heir.SendInner(_heir.Connectors[0], Adoption("caller=2;node=edge-w1, contact=1;node=c0"));

    private void Accept() =>
        _heir.Reply(_heir.Requests.Last(r => r.Method == SipMethod.Invite), 200, CarrierAnswer);

    private void Acknowledge()
    {
        var response = AnswerToConnector()!;
        var ack = new SipRequestBuilder(SipMethod.Ack, response.Contact!.Uri)
        {
            From = response.From, To = response.To, CallId = response.CallId, CSeqNumber = 1,
        };
        _heir.SendInner(_heir.Connectors[0], ack.AddVia(Via("ack")).Build());
    }

    private SipRequest Adoption(string epochs, SipBodyPart? token = null, AudioCodec codec = AudioCodec.Pcma)
    {
        var connector = _heir.Connectors[0];
        var media = new CarrierMediaSettings { Codecs = [codec], Srtp = SrtpPolicy.Require };
        var negotiation = new CarrierNegotiation(
            media, new LocalMedia(connector.Address.Address, 31_000, 31_001, 5));
        var offer = negotiation.Offer(Direction.SendReceive, new byte[CarrierNegotiation.FreshKeyBytes]);
        var us = new NameAddress(new SipUri(null, connector.Address.Address.ToString(), connector.Address.Port));
        var body = SipMultipart.Write(
            new SipBodyPart("application/sdp", SdpWriter.WriteBytes(offer)),
            token ?? _token,
            new SipBodyPart(ClusterHeaders.ResumeType, new byte[] { 1, 2 }));
        return new SipRequestBuilder(SipMethod.Invite, new SipUri("adopt", "10.0.0.1", 5_070))
        {
            From = us.WithTag("adopting"),
            To = new NameAddress(new SipUri("adopt", "10.0.0.1", 5_070)),
            CallId = $"adopting-{_callId}",
            CSeqNumber = 1,
            Contact = us,
        }
        .AddVia(Via("invite"))
        .AddHeader(ClusterHeaders.Call, _callId)
        .AddHeader(ClusterHeaders.Trunk, "acme")
        .AddHeader(ClusterHeaders.Epoch, epochs)
        .WithBody(body.ContentType, body.Content)
        .Build();
    }

    private Via Via(string branch) => new(
        "TCP", _heir.Connectors[0].Address.Address.ToString(), _heir.Connectors[0].Address.Port,
        $"z9hG4bK-adopt-{branch}");

    public static EdgeAnchor Anchor(string node)
    {
        var keys = new TokenKeys(TokenRole.Caller, "farspan", Ring);
        return new EdgeAnchor(new TokenSealer(keys, node, "b00t"), new TokenOpener(keys), DateTimeOffset.UnixEpoch);
    }

    private static KeyRing CreateRing()
    {
        var secret = new byte[ClusterKey.SecretBytes];
        Array.Fill(secret, (byte)7);
        var key = new ClusterKey(
            1, new Redacted<byte[]>(secret), DateTimeOffset.UnixEpoch.AddDays(-1), null);
        Assert.True(KeyRing.TryCreate([key], out var ring));
        return ring;
    }
}
