using System.Text;
using CsCheck;
using Farspan.Kernel;
using static Farspan.Sip.SipLayerEffect;

namespace Farspan.Sip.Tests;

/// <summary>Whatever a stranger sends, an ordinary transaction user on top of the layer never sees an
/// exception.</summary>
public sealed class HostileTests
{
    private const string RecordRoute = "Record-Route: <sip:p1.example.com;lr>\r\n";

    private static readonly NameAddress _contact = new(new SipUri("us", "192.0.2.1"));

    private static readonly Gen<string> _method =
        Gen.OneOf("INVITE", "INVITE", "INVITE", "OPTIONS", "CANCEL", "ACK", "BYE", "FOO");

    /// <summary>Pieces that reach grammar which random bytes seldom do.</summary>
    private static readonly Gen<byte[]> _piece = Gen.OneOf(
        Gen.OneOf(
            "\r\n", "\r\n ", ";", ",", "\"", "<", ">", "?", "%", "\\", ";lr",
            ";tag=", ";tag=\"a b\"", ";branch=z9hG4bK",
            ";rport", ";received=[::1]", ":99999", "@", "sip:", "tel:+1",
            "urn:service:sos", "\0", "\u0001", "é", "\t",
            "Record-Route: <sip:a>\r\n", "Record-Route: <sip:b;lr>,<sips:c?x=y>\r\n", "Route: <sip:d>\r\n",
            "Contact: *\r\n", "Contact: <sip:e?Route=%3Csip:f%3E>\r\n",
            "Via: SIP/2.0/UDP g\r\n", "To: h\r\n", "INVITE", "CANCEL", "ACK")
            .Select(Encoding.UTF8.GetBytes),
        Gen.Byte.Array[0, 20],
        Gen.Select(Gen.Byte, Gen.OneOf(1, 50, 900, 5_000))
            .Select((value, count) => Enumerable.Repeat(value, count).ToArray()));

    private static readonly Gen<(double Place, int Cut, byte[] Piece)> _edit =
        Gen.Select(Gen.Double.Unit, Gen.OneOf(0, 0, 1, 5, 40), _piece);

    [Fact]
    public void AnyRequest_IsAnsweredOrDropped() =>
        Gen.Select(_method, Gen.Bool, _edit.Array[0, 4])
            .Sample(
                (method, isStream, edits) =>
                {
                    var bench = new LayerBench();
                    var flow = isStream ? bench.TcpFlow : bench.UdpFlow;
                    var text =
                        SampleMessages.RequestText(method, extra: RecordRoute);
                    var user = new ObedientUser(bench.Layer);
                    bench.Layer.Receive(flow, Edit(text, edits), bench.Now, user.Outbox);
                    user.Serve(bench.Now);
                },
                iter: 20_000);

    [Fact]
    public void AnyResponse_IsTakenOrDropped() =>
        Gen.Select(Gen.OneOf(100, 180, 200, 302, 486, 503), _edit.Array[0, 4])
            .Sample(
                (status, edits) =>
                {
                    var bench = new LayerBench();
                    var invite = bench.Send("INVITE", bench.UdpFlow, out _);
                    var text = SampleMessages.ResponseText(invite.Request, status, extra: RecordRoute);
                    var user = new ObedientUser(bench.Layer);
                    bench.Layer.Receive(bench.UdpFlow, Edit(text, edits), bench.Now, user.Outbox);
                    user.Serve(bench.Now);
                },
                iter: 20_000);

    [Fact]
    public void AnyBytes_AreAnsweredOrDropped() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            var bench = new LayerBench();
            var outbox = new Outbox<SipLayerEffect>();
            bench.Layer.Receive(bench.UdpFlow, bytes, bench.Now, outbox);
            Assert.True(outbox.Count <= 3);
        });

    private static byte[] Edit(string text, (double Place, int Cut, byte[] Piece)[] edits)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        foreach (var (place, cut, piece) in edits)
        {
            var index = (int)(place * bytes.Count);
            bytes.RemoveRange(index, Math.Min(cut, bytes.Count - index));
            bytes.InsertRange(index, piece);
        }

        return [.. bytes];
    }

    /// <summary>Does with each request and response all that a real transaction user might.</summary>
    private sealed class ObedientUser(SipTransactionLayer layer)
    {
        public Outbox<SipLayerEffect> Outbox { get; } = new();

        public void Serve(Instant now)
        {
            foreach (var effect in Outbox.Drain())
            {
                switch (effect)
                {
                    case RequestReceived { Transaction: { Request.Method: SipMethod.Invite } invite }:
                        Answer(invite, now);
                        break;

                    case RequestReceived { Transaction: var other }:
                        layer.Respond(other, other.CreateResponse(200).Build(), now, Outbox);
                        break;

                    case ResponseReceived { Transaction: var client, Response: var response }:
                        Follow(client, response, now);
                        break;

                    default:
                        break;
                }
            }
        }

        private void Answer(SipServerTransaction invite, Instant now)
        {
            if (!SipDialog.TryAccept(invite, _contact, out var dialog))
            {
                layer.Respond(invite, invite.CreateResponse(400).Build(), now, Outbox);
                return;
            }

            layer.Respond(invite, invite.CreateResponse(180).WithContact(_contact).Build(), now, Outbox);
            var ok =
                invite.CreateResponse(200).WithContact(_contact).WithBody("application/sdp", new byte[600]);
            layer.Respond(invite, ok.Build(), now, Outbox);
            dialog.Answered(invite.Request, 200);
            Use(dialog, invite.Flow, now);
        }

        private void Follow(SipClientTransaction client, SipResponse response, Instant now)
        {
            if (!SipDialog.TryCall(client.Request, response, out var dialog))
            {
                return;
            }

            var ack = dialog.CreateAck(client.Request.CSeq.Number, layer.CreateVia(client.Flow));
            layer.SendAck(ack.Build(), client.Flow, Outbox);
            Use(dialog, client.Flow, now);
        }

        private void Use(SipDialog dialog, SipFlow flow, Instant now)
        {
            var invite = dialog.CreateRequest(SipMethod.Invite, layer.CreateVia(flow))
                .WithBody("application/sdp", new byte[600]);
            layer.SendRequest(invite.Build(), flow, now, Outbox);
            layer.SendRequest(
                dialog.CreateRequest(SipMethod.Bye, layer.CreateVia(flow)).Build(), flow, now, Outbox);
        }
    }
}
