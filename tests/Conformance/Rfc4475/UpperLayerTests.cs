using System.Text;
using Farspan.Sip;

namespace Farspan.Rfc4475.Tests;

/// <summary>
/// RFC 4475 §3.2 and §3.3: what the transaction layer and the application need to know to answer as the RFC
/// says. Where they can only answer 400, the parser refuses at once.
/// </summary>
public class UpperLayerTests
{
    [TortureFact] // §3.2.1: must not break; matched the RFC 2543 way.
    public void CookieWithNothingBehindIt_IsNoTransactionIdentifier()
    {
        var options = TortureMessages.Parse<SipRequest>("badbranch");

        Assert.Equal("z9hG4bK", options.TopVia.Branch);
        Assert.False(options.TopVia.HasMagicCookie);
    }

    [TortureFact] // §3.3.1
    public void MissingRequiredHeaders_AreAnswered400WithWhatThereIs()
    {
        var error = TortureMessages.Refuse("insuf");

        Assert.Equal(
            (SipParseErrorCode.MissingHeader, SipHeader.From, 400),
            (error.Code, error.Header, error.StatusCode));
        var answer = Encoding.UTF8.GetString(error.Rejection!.WriteResponse("ours"));
        Assert.Equal(
            "SIP/2.0 400 Missing From\r\nVia: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf\r\n"
            + "CSeq: 193942 INVITE\r\nContent-Length: 0\r\n\r\n",
            answer);
    }

    [TortureTheory]
    [InlineData("unkscm", "nobodyknowsthisscheme", "totallyopaquecontent")] // §3.3.2
    [InlineData("novelsc", "soap.beep", "//192.0.2.103:3002")] // §3.3.3
    public void UnknownSchemeInTheRequestUri_IsForTheApplication(string name, string scheme, string rest)
    {
        var options = TortureMessages.Parse<SipRequest>(name);

        Assert.Equal(SipUriScheme.Other, options.RequestUri.Scheme);
        Assert.Equal((scheme, rest), (options.RequestUri.SchemeName, options.RequestUri.Opaque));
    }

    [TortureFact] // §3.3.4
    public void UnknownSchemesInHeaders_AreAccepted()
    {
        var register = TortureMessages.Parse<SipRequest>("unksm2");

        Assert.Equal("isbn:2983792873", register.To.Uri.ToString());
        Assert.Equal("http://www.example.com", register.From.Uri.ToString());
        Assert.Equal("name", register.Contact!.Uri.SchemeName);
    }

    [TortureFact] // §3.3.5
    public void UnknownExtensions_AreTheApplicationsToAnswer420()
    {
        var options = TortureMessages.Parse<SipRequest>("bext01");

        Assert.Equal(["nothingSupportsThis", "nothingSupportsThisEither"], options.Require);
        Assert.Equal(["noProxiesSupportThis", "norDoAnyProxiesSupportThis"], options.ProxyRequire);
    }

    [TortureFact] // §3.3.6
    public void UnknownContentType_IsTheApplicationsToAnswer415()
    {
        var invite = TortureMessages.Parse<SipRequest>("invut");

        Assert.Equal("application/unknownformat", invite.ContentType);
        Assert.Equal(40, invite.Body.Length);
    }

    [TortureFact] // §3.3.7
    public void UnknownAuthorizationScheme_IsReadable() =>
        Assert.Equal(
            ["NoOneKnowsThisScheme opaque-data=here"],
            TortureMessages.Parse<SipRequest>("regaut01").GetHeaders(SipHeader.Authorization));

    [TortureTheory]
    [InlineData("multi01", SipHeader.CSeq)] // §3.3.8
    [InlineData("mcl01", SipHeader.ContentLength)] // §3.3.9
    public void RepeatedSingleValuedHeaders_AreAnswered400(string name, SipHeader header)
    {
        var error = TortureMessages.Refuse(name);

        Assert.Equal(
            (SipParseErrorCode.DuplicateHeader, header, 400), (error.Code, error.Header, error.StatusCode));
        Assert.NotNull(error.Rejection);
    }

    [TortureFact] // §3.3.10: well-formed; an endpoint drops it because of its second Via.
    public void BroadcastViaInAResponse_IsReadable()
    {
        var response = TortureMessages.Parse<SipResponse>("bcast");

        Assert.Equal(["192.0.2.198", "255.255.255.255"], response.Vias.Select(via => via.Host));
    }

    [TortureFact] // §3.3.11
    public void ZeroMaxForwards_IsNoParseErrorButCannotBeForwarded()
    {
        Assert.Equal(0, TortureMessages.Parse<SipRequest>("zeromf").MaxForwards);

        var index = new SipHeaderIndex();
        Assert.True(index.TryParse(TortureMessages.Load("zeromf"), SipFraming.Datagram, out var view, out _));
        var edits = new SipForwardEdits { Via = "SIP/2.0/UDP edge;branch=z9hG4bKx"u8 };
        Assert.False(SipForwarder.TryForwardRequest(view, edits, new byte[2048], out _));
    }

    [TortureFact] // §3.3.12
    public void ParameterAfterAnUnbracketedUri_IsTheContacts()
    {
        var contact = TortureMessages.Parse<SipRequest>("cparam01").Contact!;

        Assert.True(contact.Parameters.Contains("unknownparam"));
        Assert.Empty(contact.Uri.Parameters);
    }

    [TortureFact] // §3.3.13
    public void ParameterInsideTheBrackets_IsTheUris()
    {
        var contact = TortureMessages.Parse<SipRequest>("cparam02").Contact!;

        Assert.True(contact.Uri.Parameters.Contains("unknownparam"));
        Assert.Empty(contact.Parameters);
    }

    [TortureFact] // §3.3.14
    public void HeadersOfAContactUri_AreKept()
    {
        var contact = TortureMessages.Parse<SipRequest>("regescrt").Contact!;

        Assert.Equal("Route=%3Csip:sip.example.com%3E", contact.Uri.Headers);
    }

    [TortureFact] // §3.3.15
    public void UnacceptableOffer_IsTheApplicationsToAnswer406() =>
        Assert.Equal(
            ["text/nobodyKnowsThis"],
            TortureMessages.Parse<SipRequest>("sdp01").GetHeaders(SipHeader.Accept));
}
