using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>The messages of one call as a carrier writes them.</summary>
internal sealed class CallerMessages
{
    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, MESSAGE, NOTIFY";

    private const string SdpType = "application/sdp";
    private const string Product = "Farspan simulated carrier";
    private const int TagDigits = 16;
    private const int CallIdDigits = 32;

    private readonly CarrierSettings _settings;
    private readonly NameAddress _from;
    private readonly NameAddress _contact;
    private readonly SipUri _target;

    public CallerMessages(CallerContext context, int code)
    {
        _settings = context.Settings;
        var (local, remote) = (context.Flow.Local, context.Flow.Remote);
        var number = _settings.CallingNumber(code);
        _from = new NameAddress(new SipUri(number, local.Address))
            .WithTag(context.Random.NextHex(TagDigits));
        _contact = new NameAddress(WithTransport(new SipUri(number, local.Address, local.Port)));
        _target = WithTransport(new SipUri(_settings.CalledNumber, remote.Address, remote.Port));
        CallId = $"{context.Random.NextHex(CallIdDigits)}@{local.Address.ToWireText()}";
    }

    public string CallId { get; }

    /// <summary>The session description in a message; null if there is none that reads.</summary>
    public static SessionDescription? ReadSession(SipMessage message) =>
        message.ContentType is { } type
            && type.StartsWith(SdpType, StringComparison.OrdinalIgnoreCase)
            && SdpParser.TryParse(message.Body.Span, out var session, out _)
                ? session
                : null;

    public static SipResponse RefuseMethod(SipServerTransaction transaction) =>
        transaction.CreateResponse(405).AddHeader(SipHeader.Allow, Allow).Build();

    public SipRequest Invite(Via via, SessionDescription offer)
    {
        var invite = new SipRequestBuilder(SipMethod.Invite, _target)
        {
            From = _from,
            To = new NameAddress(_target.WithoutParameters()),
            CallId = CallId,
            CSeqNumber = 1,
            Contact = _contact,
        };
        invite.AddVia(via)
            .AddHeader(SipHeader.Allow, Allow)
            .AddHeader(SipHeader.PAssertedIdentity, $"<{_from.Uri}>")
            .AddHeader(SipHeader.UserAgent, Product);
        foreach (var (name, value) in _settings.Headers)
        {
            invite.AddHeader(name, value);
        }

        return invite.WithBody(SdpType, SdpWriter.WriteBytes(offer)).Build();
    }

    /// <summary>The 200 of a re-INVITE or UPDATE.</summary>
    public SipResponse Accept(SipServerTransaction transaction, SessionDescription? description)
    {
        var response = transaction.CreateResponse(200)
            .WithContact(_contact).AddHeader(SipHeader.Allow, Allow);
        return (description is null
            ? response
            : response.WithBody(SdpType, SdpWriter.WriteBytes(description))).Build();
    }

    private SipUri WithTransport(SipUri uri) => _settings.Transport switch
    {
        SipTransport.Tcp => uri.WithParameter("transport", "tcp"),
        SipTransport.Tls => uri.WithParameter("transport", "tls"),
        _ => uri,
    };
}
