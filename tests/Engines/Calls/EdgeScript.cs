using System.Net;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>
/// A scripted edge before a <see cref="ConnectorHarness"/>: sends what an edge sends, keeps the resume tokens that it
/// gets, and acknowledges them unless a test holds it back.
/// </summary>
internal sealed class EdgeScript
{
    public const string CallId = "0123456789abcdef";

    private readonly ConnectorHarness _connector;
    private readonly SipFlow _flow;
    private readonly string _tag;
    private string? _connectorTag;
    private uint _sequence = 1;

    public EdgeScript(ConnectorHarness connector, string node = "edge-e1", byte lastAddressByte = 11)
    {
        _connector = connector;
        Node = node;
        _tag = node + "-tag";
        _flow = new SipFlow(
            SipTransport.Tcp, new IPEndPoint(IPAddress.Loopback, 5060),
            new IPEndPoint(new IPAddress([192, 0, 2, lastAddressByte]), 5060), lastAddressByte);
    }

    public string Node { get; }

    public EdgeTarget Target => new(Node, SipFlow.Connect(SipTransport.Tcp, _flow.Local, _flow.Remote));

    /// <summary>In the order in which they came.</summary>
    public List<SealedToken> Tokens { get; } = [];

    /// <summary>What an INFO is answered with; null: nothing.</summary>
    public int? InfoStatus { get; set; } = 200;

    /// <summary>What an INVITE of the connector's is answered with; null: nothing.</summary>
    public int? AdoptionStatus { get; set; } = 200;

    /// <summary>The epochs that our answers name.</summary>
    public CallEpochs Epochs { get; set; }

    public static TokenKeys Keys { get; } = new(TokenRole.Resume, "farspan", Ring());

    public static TokenKeys CallerKeys { get; } = new(TokenRole.Caller, "farspan", Ring());

    public static ConnectorHarness Connector(string node = "connector-e1", params EdgeTarget[] edges)
    {
        var connector = new ConnectorHarness(
            trunk: t => t with { IsEdge = true, Name = "acme" }, anchor: Anchor(node, edges));
        return connector;
    }

    public static ConnectorAnchor Anchor(string node, params EdgeTarget[] edges) =>
        new(node, new TokenSealer(Keys, node, "b00t"), new TokenOpener(Keys)) { Edges = [.. edges] };

    public SealedToken CallerToken(uint epoch = 1) => new TokenSealer(CallerKeys, Node, "b00t").Seal(
        CallId, new Epoch(epoch, Node), "the carrier's dialog"u8, DateTimeOffset.UnixEpoch);

    public static ResumeToken Open(SealedToken token)
    {
        Assert.True(new TokenOpener(Keys).TryOpen(
            token, CallId, null, DateTimeOffset.UnixEpoch, out var content, out var error), error.ToString());
        Assert.True(ResumeToken.TryDecode(content, out var read, out _));
        return read;
    }

    /// <summary>Answers what the connector asks of this edge.</summary>
    public EdgeScript Listen()
    {
        var before = _connector.OnRequest;
        _connector.OnRequest = (request, flow) =>
            flow.Remote.Equals(_flow.Remote) ? Answer(request) : before(request, flow);
        return this;
    }

    public void Invite(
        string epochs = "caller=1;node=edge-e1",
        SealedToken? resume = null,
        SealedToken? caller = null,
        string headers = "",
        string callId = CallId)
    {
        List<SipBodyPart> parts =
            [new("application/sdp", System.Text.Encoding.UTF8.GetBytes(ConnectorHarness.Offer))];
        if (resume is not null)
        {
            parts.Add(new SipBodyPart(ClusterHeaders.ResumeType, resume.Bytes));
        }

        if (caller is not null)
        {
            parts.Add(new SipBodyPart(ClusterHeaders.CallerType, caller.Bytes));
        }

        Send(Begin(SipMethod.Invite, 1, $"{ClusterHeaders.Call}: {callId}\n{ClusterHeaders.Trunk}: carrier-a\n"
            + $"{ClusterHeaders.Epoch}: {epochs}\n{headers}", parts));
    }

    public void Acknowledge(string branch = "ack") =>
        Send(Begin(SipMethod.Ack, 1, "", [], branch));

    /// <summary>INVITE, tokens, 200, ACK: a call that talks.</summary>
    public void Establish()
    {
        Listen();
        Invite(caller: CallerToken());
        Acknowledge();
    }

    /// <summary>A request in the dialog.</summary>
    /// <returns>The final response, if one came at once.</returns>
    public SipResponse? Ask(SipMethod method, string headers = "", params SipBodyPart[] parts)
    {
        Send(Begin(method, ++_sequence, headers, parts));
        return _connector.Responses.LastOrDefault(r =>
            r is { IsProvisional: false } && r.CSeq.Method == method && r.From.Tag == _tag);
    }

    public IEnumerable<int> Statuses(SipMethod method = SipMethod.Invite) => _connector.Responses
        .Where(r => r.CSeq.Method == method && r.From.Tag == _tag).Select(r => r.StatusCode);

    public SipResponse Last(SipMethod method = SipMethod.Invite) =>
        _connector.Responses.Last(r => r.CSeq.Method == method && r.From.Tag == _tag);

    /// <summary>Requests of the connector's to this edge.</summary>
    public IEnumerable<SipRequest> Asked(SipMethod method) => _connector.Log
        .OfType<ConnectorEffect.TransmitSip>()
        .Where(t => t.Flow.Remote.Equals(_flow.Remote))
        .Select(t => Parse(t.Message.Span)).OfType<SipRequest>().Where(r => r.Method == method);

    public void Fail() => _connector.Take(new ConnectorInput.SipFlowFailed(_flow, "reset"));

    private static KeyRing Ring()
    {
        var secret = new byte[ClusterKey.SecretBytes];
        Assert.True(KeyRing.TryCreate(
            [new ClusterKey(1, new Redacted<byte[]>(secret), DateTimeOffset.UnixEpoch, null)], out var ring));
        return ring;
    }

    private static SipMessage Parse(ReadOnlySpan<byte> bytes)
    {
        Assert.True(SipParser.TryParse(bytes, SipFraming.Datagram, out var message, out _));
        return message;
    }

    private SipResponse? Answer(SipRequest request)
    {
        if (SipMultipart.TryFind(request, ClusterHeaders.ResumeType, out var part))
        {
            Assert.True(SealedToken.TryDecode(part.Content.Span, out var token, out _));
            Tokens.Add(token);
        }

        return request.Method switch
        {
            SipMethod.Info when InfoStatus is { } status => Respond(request, status).Build(),
            SipMethod.Bye => Respond(request, 200).Build(),
            SipMethod.Invite when AdoptionStatus is { } status => Adopt(request, status),
            _ => null,
        };
    }

    private SipResponse Adopt(SipRequest invite, int status)
    {
        _connectorTag = invite.From.Tag;
        _adopted = invite;
        var response = Respond(invite, status);
        return (status < 300
            ? response.WithContact(new NameAddress(new SipUri("edge", _flow.Remote.Address, 5060)))
                .WithBody("application/sdp", ConnectorHarness.Offer.Replace("40000", "50000", StringComparison.Ordinal))
            : response).Build();
    }

    private SipRequest? _adopted;

    private SipResponseBuilder Respond(SipRequest request, int status)
    {
        var response = SipResponseBuilder.For(request, status);
        response = request.To.Tag is null ? response.WithToTag(_tag) : response;
        return Epochs == default ? response : response.AddHeader(ClusterHeaders.Epoch, Epochs.ToString());
    }

    private SipRequest Begin(
        SipMethod method, uint sequence, string headers, IReadOnlyList<SipBodyPart> parts, string branch = "")
    {
        _connectorTag ??= _connector.Responses.LastOrDefault(r =>
            r.StatusCode > 100 && r.From.Tag == _tag && r.CSeq.Method == SipMethod.Invite)?.To.Tag;
        var isFirst = method == SipMethod.Invite && sequence == 1;
        var us = new NameAddress(new SipUri("caller", _flow.Remote.Address, 5060)).WithTag(_tag);
        var them = new NameAddress(new SipUri("+18005550100", _flow.Local.Address, 5060));
        var builder = new SipRequestBuilder(method, them.Uri)
        {
            From = us,
            To = isFirst || _connectorTag is null ? them : them.WithTag(_connectorTag),
            CallId = _adopted?.CallId ?? $"inner-{Node}",
            CSeqNumber = sequence,
            Contact = method == SipMethod.Invite ? new NameAddress(us.Uri) : null,
        };
        var cookie = $"{Via.MagicCookie}-{Node}-{method}-{sequence}{branch}";
        builder.AddVia(new Via("TCP", _flow.Remote.Address.ToString(), 5060, cookie));
        foreach (var line in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            builder.AddHeader(line.Split(':', 2)[0], line.Split(':', 2)[1].Trim());
        }

        if (parts.Count > 0)
        {
            var body = SipMultipart.Write(parts);
            builder.WithBody(body.ContentType, body.Content);
        }

        return builder.Build();
    }

    private void Send(SipRequest request) =>
        _connector.Take(new ConnectorInput.SipReceived(_flow, request.Bytes));
}
