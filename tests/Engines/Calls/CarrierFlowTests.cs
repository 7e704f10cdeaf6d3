using System.Net;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>Calls over TCP and TLS: connections that are used again, break, and are opened anew.</summary>
public sealed class CarrierFlowTests
{
    private static readonly IPEndPoint Local = new(IPAddress.Loopback, 5061);
    private static readonly IPEndPoint Ephemeral = new(IPAddress.Parse("192.0.2.1"), 40_111);
    private static readonly SipFlow First = new(SipTransport.Tls, Local, Ephemeral, 17);

    private static readonly SipFlow Reopened =
        SipFlow.Connect(SipTransport.Tls, Local, ConnectorHarness.Flow.Remote);

    private readonly ConnectorHarness _connector = new() { CarrierFlow = First };

    [Fact]
    public void OurRequests_TakeTheConnectionOfTheCarriersLastRequest()
    {
        _connector.Establish();
        var remote = new IPEndPoint(Ephemeral.Address, 40_222);
        _connector.CarrierFlow = First with { Remote = remote, ConnectionId = 18 };
        Assert.Equal(200, _connector.Ask("OPTIONS", 2)!.StatusCode);
        _connector.SendFrame(new Chime.AudioStatusFrame(410));

        Assert.Equal(_connector.CarrierFlow, _connector.LastFlow());
        Assert.NotNull(_connector.Bye());
    }

    [Fact]
    public void OurContact_SaysHowToReachUs()
    {
        _connector.Establish();
        var contact = _connector.Responses.Last().Contact!.Uri;

        Assert.Equal("sip:127.0.0.1:5061;transport=tls", contact.ToString());
    }

    [Fact]
    public void ASipsInvite_GetsASipsContact()
    {
        _connector.SendSip(_connector.Request("INVITE", 1, ConnectorHarness.Offer).Replace(
            "INVITE sip:", "INVITE sips:", StringComparison.Ordinal));

        Assert.Equal(SipUriScheme.Sips, _connector.Responses.Last().Contact!.Uri.Scheme);
    }

    [Fact]
    public void AnIPv6Contact_HasItsBrackets()
    {
        var flow = SipFlow.Udp(
            new IPEndPoint(IPAddress.Parse("2001:db8::5"), 5060), ConnectorHarness.Flow.Remote);
        var connector = new ConnectorHarness { CarrierFlow = flow };
        connector.Establish();

        Assert.Equal("sip:[2001:db8::5]:5060", connector.Responses.Last().Contact!.Uri.ToString());
    }

    [Fact]
    public void TheZoneOfALinkLocalAddress_IsInNoMessage()
    {
        var ours = new IPEndPoint(IPAddress.Parse("fe80::5%2"), 5060);
        var theirs = new IPEndPoint(IPAddress.Parse("fe80::1%2"), 5060);
        var connector = new ConnectorHarness(trunk: t => t with { Sources = [IPNetwork.Parse("fe80::/10")] })
        {
            CarrierFlow = SipFlow.Udp(ours, theirs),
        };
        connector.Establish();
        connector.SendFrame(new Chime.AudioStatusFrame(410));

        Assert.Equal("sip:[fe80::5]:5060", connector.Responses.Last().Contact!.Uri.ToString());
        Assert.Equal("[fe80::5]", connector.Bye()!.TopVia.Host);
        Assert.DoesNotContain(connector.Sent, m => m.ToString()!.Contains('%', StringComparison.Ordinal));
        Assert.DoesNotContain(connector.Events, e => e.Kind == CallEventKind.Defect);
    }

    [Fact]
    public void AConnectionLostWhileItRings_DoesNotEndTheCall_The200GoesToTheVia()
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        _connector.Take(new ConnectorInput.SipFlowFailed(First, "reset"));
        Assert.Equal(1, _connector.Engine.Calls.Count);

        _connector.Take(new ConnectorInput.MediaReported(
            new Media.MediaEvent.ContactConnected(_connector.LastMedia, "host-host")));

        Assert.Equal(200, _connector.Responses.Last().StatusCode);
        Assert.Equal(Reopened, _connector.LastFlow());
    }

    [Fact]
    public void ACarrierThatIsGoneForGood_IsNoticedByTheMissingAck()
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        _connector.Take(new ConnectorInput.SipFlowFailed(First, "reset"));
        _connector.Take(new ConnectorInput.MediaReported(
            new Media.MediaEvent.ContactConnected(_connector.LastMedia, "host-host")));
        _connector.Take(new ConnectorInput.SipFlowFailed(_connector.LastFlow(), "refused"));
        _connector.Pass(TimeSpan.FromSeconds(32));

        Assert.Equal(CallOutcome.NoAck, _connector.Outcome());
        FailLast();
        FailLast();
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Fact]
    public void AConnectionLostWhileTheyTalk_DoesNotEndTheCall_AndOurByeOpensANewOne_Once()
    {
        _connector.Establish();
        _connector.Take(new ConnectorInput.SipFlowFailed(First, "reset"));
        Assert.Equal(1, _connector.Engine.Calls.Count);
        _connector.SendFrame(new Chime.AudioStatusFrame(410));
        Assert.Equal(First, _connector.LastFlow());
        FailLast();

        // The carrier's Contact says where it listens.
        Assert.Equal(Reopened, _connector.LastFlow());
        Assert.Equal([1u, 2u], _connector.Requests.Select(r => r.CSeq.Number));
        Assert.Equal(16, _connector.Bye()!.Reason!.Cause);
        FailLast();
        Assert.Equal(0, _connector.Engine.Calls.Count);
        _connector.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("Allow: UPDATE\r\n", SipMethod.Update)]
    [InlineData("", SipMethod.Invite)]
    public void ARefreshOnALostConnection_OpensANewOne_WhichIsKept(string headers, SipMethod method)
    {
        _connector.Establish("Supported: timer\r\nSession-Expires: 90;refresher=uas\r\n" + headers);
        _connector.Pass(TimeSpan.FromSeconds(45));
        FailLast();
        var again = _connector.Requests.Last();
        Assert.Equal(method, again.Method);
        Assert.Equal(0, _connector.LastFlow().ConnectionId);

        var answer = method == SipMethod.Invite ? ConnectorHarness.Offer : "";
        _connector.Reply(again, 200, answer, ("Session-Expires", "90;refresher=uac"));
        _connector.Pass(TimeSpan.FromSeconds(44));

        Assert.Null(_connector.Bye());
    }

    [Fact]
    public void ARefreshThatReachesNobody_EndsTheCall()
    {
        _connector.Establish("Supported: timer\r\nSession-Expires: 90;refresher=uas\r\nAllow: UPDATE\r\n");
        _connector.Pass(TimeSpan.FromSeconds(45));
        FailLast();
        FailLast();

        Assert.Equal(CallOutcome.CarrierLost, _connector.Outcome());
        FailLast();
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Fact]
    public void AStrangersConnection_MayComeAndGo()
    {
        _connector.Establish();
        for (var id = 100; id < 200; id++)
        {
            _connector.Take(new ConnectorInput.SipFlowFailed(First with { ConnectionId = id }, "closed"));
        }

        Assert.Equal(1, _connector.Engine.Calls.Count);
        Assert.Empty(_connector.Requests);
    }

    private void FailLast() =>
        _connector.Take(new ConnectorInput.SipFlowFailed(_connector.LastFlow(), "refused"));
}
