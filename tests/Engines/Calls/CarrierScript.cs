using Farspan.Chime;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>What the scripted carrier of a <see cref="ConnectorHarness"/> says within its dialog.</summary>
internal static class CarrierScript
{
    public static void Acknowledge(this ConnectorHarness connector, int cseq = 1, string body = "") =>
        connector.SendSip(connector.Request("ACK", cseq, body, branch: $"z9hG4bK-ack-{cseq}"));

    /// <summary>The ACK of a failure, which belongs to the INVITE's transaction.</summary>
    public static void AcknowledgeFailure(this ConnectorHarness connector, int cseq = 1) =>
        connector.SendSip(connector.Request("ACK", cseq, branch: $"z9hG4bK-INVITE-{cseq}"));

    /// <summary>A request in the dialog.</summary>
    /// <returns>The final response, if one came at once.</returns>
    public static SipResponse? Ask(
        this ConnectorHarness connector,
        string method,
        int cseq,
        string body = "",
        string headers = "",
        string contentType = "application/sdp")
    {
        connector.SendSip(connector.Request(method, cseq, body, headers, contentType: contentType));
        return connector.Responses.LastOrDefault(r =>
            !r.IsProvisional && r.CSeq.Number == cseq && r.CSeq.MethodName == method);
    }

    public static void Reply(
        this ConnectorHarness connector,
        SipRequest request,
        int status,
        string body = "",
        params (string, string)[] headers)
    {
        var response = SipResponseBuilder.For(request, status).WithToTag("carrier");
        foreach (var (name, value) in headers)
        {
            response.AddHeader(name, value);
        }

        if (request.Method == SipMethod.Invite && status < 300)
        {
            response.WithContact(new NameAddress(new SipUri("carrier", "192.0.2.1", 5060)));
        }

        connector.SendSip(
            (body.Length > 0 ? response.WithBody("application/sdp", body) : response).Build().ToString());
    }

    public static IEnumerable<int> Statuses(
        this ConnectorHarness connector, SipMethod method = SipMethod.Invite) =>
        connector.Responses.Where(r => r.CSeq.Method == method).Select(r => r.StatusCode);

    public static SipRequest? Bye(this ConnectorHarness connector) =>
        connector.Requests.LastOrDefault(r => r.Method == SipMethod.Bye);

    public static CallOutcome Outcome(this ConnectorHarness connector) =>
        Assert.IsType<CallOutcome>(connector.Ended["outcome"]);

    public static SipFlow LastFlow(this ConnectorHarness connector) =>
        connector.Log.OfType<ConnectorEffect.TransmitSip>().Last().Flow;

    public static IEnumerable<MediaCommand.ConfigureCarrier> Configured(this ConnectorHarness connector) =>
        connector.Log.OfType<ConnectorEffect.CommandMedia>().Select(c => c.Command)
            .OfType<MediaCommand.ConfigureCarrier>();

    public static int Stops(this ConnectorHarness connector) =>
        connector.Log.OfType<ConnectorEffect.StopContact>().Count();

    public static IEnumerable<SignalFrame> Frames(this ConnectorHarness connector) =>
        connector.Log.OfType<ConnectorEffect.SendSocket>().Select(s =>
        {
            Assert.True(SignalFrame.TryDecode(s.Message.Span, out var frame, out _));
            return frame;
        });

    /// <summary>After a quiet time nothing is kept and nothing waits.</summary>
    public static void AssertNothingIsLeft(this ConnectorHarness connector, TimeSpan? quiet = null)
    {
        connector.Pass(quiet ?? TimeSpan.FromMinutes(5));
        Assert.Equal(0, connector.Engine.Calls.Count);
        Assert.Equal(0, connector.Engine.Desk.OpenContacts);
        Assert.Equal(0, connector.Governor.ActiveContacts);
        Assert.Equal(0, connector.Governor.WaitingCount);
        Assert.Equal(0, connector.Trunks.ChannelsOf("acme"));
        Assert.Equal(0, connector.Engine.Sip.ServerTransactionCount);
        Assert.Equal(0, connector.Engine.Sip.ClientTransactionCount);
        Assert.Empty(connector.OpenMedia);
        Assert.Null(connector.Engine.Deadline);
        Assert.DoesNotContain(connector.Events, e => e.Kind == CallEventKind.Defect);
    }
}
