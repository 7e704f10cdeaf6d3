using System.Text;
using Farspan.Chime;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>re-INVITE and UPDATE of the carrier in a call that stands (RFC 3261 §14, RFC 3264 §8).</summary>
public sealed class CarrierSessionTests
{
    private readonly ConnectorHarness _connector = new();

    public CarrierSessionTests() => _connector.Establish();

    [Theory]
    [InlineData("a=sendonly", "a=recvonly")]
    [InlineData("a=inactive", "a=inactive")]
    public void Hold_IsAnswered_ToldToTheMeeting_AndTakenBack(string direction, string answered)
    {
        var hold = _connector.Ask("INVITE", 2, Sdp(attributes: direction))!;
        Assert.Equal(200, hold.StatusCode);
        Assert.Contains(answered, Body(hold), StringComparison.Ordinal);
        _connector.Acknowledge(2);
        Assert.True(Assert.IsType<AudioControlFrame>(_connector.Frames().Last()).IsMuted);
        Assert.True(LastAudio().IsHeldByPeer);

        var resume = _connector.Ask("INVITE", 3, Sdp())!;

        _connector.Acknowledge(3);
        Assert.Contains("a=sendrecv", Body(resume), StringComparison.Ordinal);
        Assert.False(Assert.IsType<AudioControlFrame>(_connector.Frames().Last()).IsMuted);
        Assert.False(LastAudio().IsHeldByPeer);
        Assert.Equal([true, false], Events(CallEventKind.HoldChanged).Select(e => e["held"]));
    }

    [Fact]
    public void AHoldTheOldWay_WithAnAddressOfZeroes_IsAHold()
    {
        var hold = _connector.Ask("INVITE", 2, Sdp(address: "0.0.0.0"))!;

        Assert.Equal(200, hold.StatusCode);
        Assert.True(LastAudio().IsHeldByPeer);
        Assert.Single(Events(CallEventKind.HoldChanged));
    }

    [Fact]
    public void ACallThatComesOnHold_IsMutedFromItsFirstSubscribe()
    {
        var connector = new ConnectorHarness();
        connector.SendInvite(body: Sdp(attributes: "a=sendonly"));

        Assert.True(Assert.Single(connector.Frames().OfType<SubscribeFrame>()).AudioMuted);
    }

    [Fact]
    public void NewAddressPortCodecAndPacketTime_AreTakenOver()
    {
        var answer = _connector.Ask("INVITE", 2, Sdp("192.0.2.9", 50_000, "8", "a=ptime:30"))!;

        _connector.Acknowledge(2);
        Assert.Contains("RTP/AVP 8", Body(answer), StringComparison.Ordinal);
        Assert.Equal("192.0.2.9:50000", LastAudio().RemoteRtp.ToString());
        Assert.Equal(Audio.AudioCodec.Pcma, LastAudio().Codec);
        Assert.Equal(30, LastAudio().PacketTime.TotalMilliseconds);
    }

    [Fact]
    public void AReinviteThatChangesNothing_IsAnsweredWithTheSameVersion_AndTheMediaPlaneHearsNothing()
    {
        var first = _connector.Responses.Last(r => r.StatusCode == 200);
        var again = _connector.Ask("INVITE", 2, ConnectorHarness.Offer)!;

        Assert.Equal(Origin(first), Origin(again));
        Assert.Single(_connector.Configured());
    }

    [Fact]
    public void AReinviteWithoutOffer_GetsOurs_AndTheAckChangesTheSession()
    {
        var ok = _connector.Ask("INVITE", 2)!;
        Assert.Contains("m=audio 20000", Body(ok), StringComparison.Ordinal);
        Assert.Single(_connector.Configured());

        _connector.Acknowledge(2, Sdp("192.0.2.9", 50_000));

        Assert.Equal("192.0.2.9:50000", LastAudio().RemoteRtp.ToString());
    }

    [Fact]
    public void AReinviteWithoutOffer_WhoseAnswerIsBad_KeepsTheOldSession_AndTheNextOneWorks()
    {
        _connector.Ask("INVITE", 2);
        _connector.Acknowledge(2, "v=0\r\n");
        Assert.Null(_connector.Bye());
        Assert.Equal("192.0.2.1:40000", LastAudio().RemoteRtp.ToString());

        Assert.Equal(200, _connector.Ask("INVITE", 3, Sdp("192.0.2.9", 50_000))!.StatusCode);
        Assert.Equal("192.0.2.9:50000", LastAudio().RemoteRtp.ToString());
    }

    [Fact]
    public void AReinviteThatCannotBeMet_Is488_AndTheOldSessionGoesOn()
    {
        var refusal = _connector.Ask("INVITE", 2, Sdp(formats: "18"))!;

        Assert.Equal(488, refusal.StatusCode);
        Assert.NotNull(refusal.Reason);
        _connector.AcknowledgeFailure(2);
        _connector.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(1, _connector.Engine.Calls.Count);
        Assert.Single(_connector.Configured());
        Assert.Equal(200, _connector.Ask("INVITE", 3, Sdp(formats: "8"))!.StatusCode);
    }

    [Fact]
    public void AReinvite_BeforeTheAckOfTheLast_Is491()
    {
        _connector.Ask("INVITE", 2, Sdp(formats: "8"));
        var second = _connector.Ask("INVITE", 3, Sdp(formats: "0"))!;

        Assert.Equal(491, second.StatusCode);
        Assert.Equal(Audio.AudioCodec.Pcma, LastAudio().Codec);
        _connector.Acknowledge(2);
        _connector.AcknowledgeFailure(3);
        Assert.Equal(200, _connector.Ask("INVITE", 4, Sdp(formats: "0"))!.StatusCode);
    }

    [Fact]
    public void AReinviteWhoseAckIsLost_EndsTheCallAfter64T1()
    {
        _connector.Ask("INVITE", 2, ConnectorHarness.Offer);
        _connector.Pass(TimeSpan.FromSeconds(32) - TimeSpan.FromTicks(1));
        Assert.Null(_connector.Bye());

        _connector.Pass(TimeSpan.FromTicks(1));

        Assert.NotNull(_connector.Bye());
        Assert.Equal(CallOutcome.NoAck, _connector.Outcome());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void ACallThatEnds_WhileAReinviteIsNotAcknowledged_SaysByeAtOnce()
    {
        _connector.Ask("INVITE", 2, ConnectorHarness.Offer);
        _connector.SendFrame(new AudioStatusFrame(410));

        Assert.NotNull(_connector.Bye());
        _connector.Reply(_connector.Bye()!, 200);
        _connector.Acknowledge(2);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AReinvite_InTheEarlyDialog_Is500_WithRetryAfter()
    {
        var connector = new ConnectorHarness { MediaConnects = false };
        connector.SendInvite();
        var refusal = connector.Ask("INVITE", 2, ConnectorHarness.Offer)!;

        Assert.Equal(500, refusal.StatusCode);
        Assert.NotNull(refusal.RetryAfter);
    }

    [Fact]
    public void ALowerCSeq_Is500_AndChangesNothing()
    {
        Assert.Equal(200, _connector.Ask("OPTIONS", 9)!.StatusCode);
        Assert.Equal(500, _connector.Ask("INVITE", 8, Sdp(formats: "8"))!.StatusCode);
        Assert.Equal(500, _connector.Ask("BYE", 7)!.StatusCode);

        Assert.Equal(1, _connector.Engine.Calls.Count);
        Assert.Single(_connector.Configured());
    }

    [Fact]
    public void AnUpdateWithOffer_IsAnswered_AndTakesEffectAtOnce()
    {
        var answer = _connector.Ask("UPDATE", 2, Sdp("192.0.2.9", 50_000, "8"))!;

        Assert.Equal(200, answer.StatusCode);
        Assert.NotNull(answer.Contact);
        Assert.Contains("RTP/AVP 8", Body(answer), StringComparison.Ordinal);
        Assert.Equal("192.0.2.9:50000", LastAudio().RemoteRtp.ToString());
    }

    [Fact]
    public void AnUpdateWithoutOffer_HasAnAnswerWithoutOne()
    {
        var answer = _connector.Ask("UPDATE", 2)!;

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(0, answer.Body.Length);
        Assert.NotNull(answer.SessionExpires);
        Assert.Single(_connector.Configured());
    }

    [Fact]
    public void AnUpdateWithOffer_InTheEarlyDialog_Is500_WhileTheFirstOfferHasNoAnswer()
    {
        var connector = new ConnectorHarness { MediaConnects = false };
        connector.SendInvite();

        Assert.Equal(500, connector.Ask("UPDATE", 2, ConnectorHarness.Offer)!.StatusCode);
        Assert.Equal(200, connector.Ask("UPDATE", 3)!.StatusCode);
    }

    [Fact]
    public void AnUpdateWithOffer_WhileOursHasNoAnswer_Is491()
    {
        _connector.Ask("INVITE", 2);

        Assert.Equal(491, _connector.Ask("UPDATE", 3, ConnectorHarness.Offer)!.StatusCode);
    }

    [Fact]
    public void AnUpdateWithOffer_ThatOvertakesTheAck_IsAnswered_BecauseTheFirstExchangeIsComplete()
    {
        var connector = new ConnectorHarness();
        connector.SendInvite();

        Assert.Equal(200, connector.Ask("UPDATE", 2, Sdp(formats: "8"))!.StatusCode);
        connector.Acknowledge();
        connector.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(connector.Bye());
    }

    [Fact]
    public void AnUpdateThatCannotBeMet_Is488_AndTheOldSessionGoesOn()
    {
        Assert.Equal(488, _connector.Ask("UPDATE", 2, Sdp(formats: "18"))!.StatusCode);
        Assert.Single(_connector.Configured());
        Assert.Null(_connector.Bye());
    }

    [Fact]
    public void ATargetRefresh_MovesOurNextRequest()
    {
        _connector.SendSip(_connector.Request("UPDATE", 2).Replace(
            "<sip:carrier@192.0.2.1:5060>", "<sip:moved@192.0.2.40:5070>", StringComparison.Ordinal));
        _connector.SendFrame(new AudioStatusFrame(410));

        Assert.Equal("moved", _connector.Bye()!.RequestUri.User);
        Assert.Equal("192.0.2.40:5070", _connector.LastFlow().Remote.ToString());
    }

    [Fact]
    public void AnSdpInAMultipartBody_IsFound()
    {
        var body = "--b1\r\nContent-Type: application/isup;version=itu-t92+\r\n"
            + "Content-Disposition: signal;handling=optional\r\n\r\n\u0001\u0002\r\n"
            + "--b1\r\nContent-Type: application/sdp\r\n\r\n" + Sdp(formats: "8") + "\r\n--b1--\r\n";
        var answer = _connector.Ask("INVITE", 2, body, contentType: "multipart/mixed;boundary=\"b1\"")!;

        Assert.Equal(200, answer.StatusCode);
        Assert.Contains("RTP/AVP 8", Body(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/mixed;boundary=b1", "--b1\r\nContent-Type: text/plain\r\n\r\nx\r\n--b1--\r\n")]
    [InlineData("multipart/mixed", "--b1\r\n\r\n")]
    [InlineData("application/pidf+xml", "<x/>")]
    public void ABodyThatWeDoNotKnow_Is415_AndSaysWhatWeDo(string type, string body)
    {
        var refusal = _connector.Ask("INVITE", 2, body, contentType: type)!;

        Assert.Equal(415, refusal.StatusCode);
        Assert.True(refusal.TryGetHeader("Accept", out var accept));
        Assert.Equal("application/sdp", accept);
    }

    [Fact]
    public void AnEncodedBody_Is415()
    {
        var refusal = _connector.Ask("INVITE", 2, ConnectorHarness.Offer, "Content-Encoding: gzip\r\n")!;

        Assert.Equal(415, refusal.StatusCode);
        Assert.True(refusal.TryGetHeader("Accept-Encoding", out _));
    }

    [Fact]
    public void ABodyThatMayBeIgnored_IsNoReasonToRefuse()
    {
        const string Optional = "Content-Disposition: render;handling=optional\r\n";

        Assert.Equal(200, _connector.Ask("INVITE", 2, "<x/>", Optional, "application/pidf+xml")!.StatusCode);
    }

    [Fact]
    public void ARequiredExtensionThatWeLack_Is420_AndNamesIt()
    {
        const string Require = "Require: timer, 100rel, precondition\r\n";
        var refusal = _connector.Ask("INVITE", 2, ConnectorHarness.Offer, Require)!;

        Assert.Equal(420, refusal.StatusCode);
        Assert.True(refusal.TryGetHeader("Unsupported", out var names));
        Assert.Equal("100rel, precondition", names);
    }

    private static string Sdp(
        string address = "192.0.2.1",
        int port = 40_000,
        string formats = "0",
        string attributes = "a=sendrecv") =>
        $"v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
        + $"m=audio {port} RTP/AVP {formats}\r\n{attributes}\r\n";

    private static string Body(SipResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    private static string Origin(SipResponse response) =>
        Body(response).Split("\r\n").Single(line => line.StartsWith("o=", StringComparison.Ordinal));

    private IEnumerable<CallEvent> Events(CallEventKind kind) => _connector.Events.Where(e => e.Kind == kind);

    private NegotiatedAudio LastAudio() => _connector.Configured().Last().Audio;
}
