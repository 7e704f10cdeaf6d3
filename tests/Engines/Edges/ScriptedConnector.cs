using System.Net;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges.Tests;

/// <summary>A connector that answers at once what it is asked, unless a test holds it back.</summary>
internal sealed class ScriptedConnector(string name, int port)
{
    private readonly CarrierMediaSettings _media = new()
    {
        Codecs = [Audio.AudioCodec.Pcma, Audio.AudioCodec.Pcmu, Audio.AudioCodec.Opus],
    };

    public IPEndPoint Address { get; } = new(IPAddress.Parse("10.0.0.2"), port);

    public ConnectorTarget Target => new() { Name = name, Address = Address, Region = Region };

    public string Region { get; set; } = "";

    /// <summary>Neither answers nor is reached.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Connections to it are refused.</summary>
    public bool IsDown { get; set; }

    /// <summary>What INVITEs are answered with; null leaves them ringing.</summary>
    public int? InviteStatus { get; set; } = 200;

    /// <summary>What OPTIONS are answered with.</summary>
    public int OptionsStatus { get; set; } = 200;

    public string Load { get; set; } = "calls=0;capacity=100;quota=50";

    /// <summary>The resume token that comes with the answer; null: none.</summary>
    public byte[]? Token { get; set; }

    /// <summary>What INFO is answered with; null: nothing.</summary>
    public int? InfoStatus { get; set; } = 200;

    /// <summary>What its answers to INFO say of epochs.</summary>
    public string Epochs { get; set; } = "";

    public int? RetryAfterSeconds { get; set; }

    public List<SipRequest> Requests { get; } = [];

    public IEnumerable<SipRequest> Invites => Requests.Where(request => request.Method == SipMethod.Invite);

    public SipRequest LastInvite => Invites.Last();

    /// <summary>The tag of its side of all dialogs.</summary>
    public string Tag => $"tag-{name}";

    public IEnumerable<SipResponse> Answer(SipRequest request)
    {
        Requests.Add(request);
        switch (request.Method)
        {
            case SipMethod.Invite:
                return AnswerInvite(request);
            case SipMethod.Options:
                var options = SipResponseBuilder.For(request, OptionsStatus).WithToTag(Tag)
                    .AddHeader("Farspan-Load", Load);
                return [options.Build()];
            case SipMethod.Update:
                return [Describe(request, SipResponseBuilder.For(request, 200)).Build()];
            case SipMethod.Cancel:
                return
                [
                    SipResponseBuilder.For(request, 200).WithToTag(Tag).Build(),
                    SipResponseBuilder.For(LastInvite, 487).WithToTag(Tag).Build(),
                ];
            case SipMethod.Info when InfoStatus is null:
            case SipMethod.Ack:
                return [];
            case SipMethod.Info:
                var info = SipResponseBuilder.For(request, InfoStatus.Value).WithToTag(Tag);
                return [(Epochs.Length > 0 ? info.AddHeader("Farspan-Epoch", Epochs) : info).Build()];
            default:
                return [SipResponseBuilder.For(request, 200).WithToTag(Tag).Build()];
        }
    }

    /// <summary>The final answer to the last INVITE, late.</summary>
    public SipResponse Accept() =>
        Describe(LastInvite, SipResponseBuilder.For(LastInvite, 200).WithToTag(Tag)).Build();

    /// <summary>A request of the connector's in the dialog of its last INVITE.</summary>
    public SipRequest Ask(
        SipMethod method, uint cseq, SipBodyPart? body = null, params (string Name, string Value)[] headers)
    {
        var invite = LastInvite;
        var request = new SipRequestBuilder(method, invite.Contact!.Uri)
        {
            From = invite.To.WithTag(Tag),
            To = invite.From,
            CallId = invite.CallId,
            CSeqNumber = cseq,
        };
        request.AddVia(new Via("TCP", Address.Address.ToString(), Address.Port, $"z9hG4bK-{name}-{method}-{cseq}"));
        foreach (var (header, value) in headers)
        {
            request.AddHeader(header, value);
        }

        return (body is null ? request : request.WithBody(body.ContentType, body.Content)).Build();
    }

    private IEnumerable<SipResponse> AnswerInvite(SipRequest request)
    {
        yield return SipResponseBuilder.For(request, 100).Build();
        if (InviteStatus is null or 200)
        {
            yield return WithContact(SipResponseBuilder.For(request, 180).WithToTag(Tag)).Build();
        }

        if (InviteStatus == 200)
        {
            yield return Accept();
        }
        else if (InviteStatus is { } status)
        {
            var refusal = SipResponseBuilder.For(request, status).WithToTag(Tag);
            if (RetryAfterSeconds is { } seconds)
            {
                refusal.AddHeader("Retry-After", $"{seconds}");
            }

            yield return refusal.Build();
        }
    }

    private SipResponseBuilder Describe(SipRequest request, SipResponseBuilder response)
    {
        Assert.True(SipMultipart.TryFind(request, "application/sdp", out var part));
        Assert.True(SdpParser.TryParse(part.Content.Span, out var offer, out _));
        var negotiation = new CarrierNegotiation(_media, new LocalMedia(Address.Address, 30_000, 30_001, 9));
        var failure = negotiation.Answer(
            offer, Direction.SendReceive, new byte[CarrierNegotiation.FreshKeyBytes], out var answer);
        Assert.Equal(NegotiationFailure.None, failure);
        List<SipBodyPart> parts = [new SipBodyPart("application/sdp", SdpWriter.WriteBytes(answer!))];
        if (Token is not null && request.Method == SipMethod.Invite)
        {
            parts.Add(new SipBodyPart(ClusterHeaders.ResumeType, Token));
        }

        var body = SipMultipart.Write(parts);
        return WithContact(response).WithBody(body.ContentType, body.Content);
    }

    private SipResponseBuilder WithContact(SipResponseBuilder response) =>
        response.WithContact(new NameAddress(new SipUri(null, Address.Address.ToString(), Address.Port)));
}
