using System.Text;
using Farspan.Sip;

namespace Farspan.Rfc4475.Tests;

/// <summary>RFC 4475 §3.1.1 and §3.4: valid, however odd, and read as the RFC says.</summary>
public class ValidMessageTests
{
    [TortureFact] // §3.1.1.1
    public void ShortTortuousInvite_IsReadThroughFoldsSpacesAndCompactForms()
    {
        var invite = TortureMessages.Parse<SipRequest>("wsinv");

        Assert.Equal(SipMethod.Invite, invite.Method);
        Assert.Equal("sip:vivekg@chair-dnrc.example.com;unknownparam", invite.RequestUri.ToString());
        Assert.Equal("1918181833n", invite.To.Tag);
        Assert.Equal("98asjd8", invite.From.Tag);
        Assert.Equal("J Rosenberg \\\"", invite.From.DisplayName);
        Assert.Equal(68, invite.MaxForwards);
        Assert.Equal(new CSeq(9, SipMethod.Invite), invite.CSeq);
        Assert.Equal("", invite.GetHeader(SipHeader.Subject));
        Assert.Equal(150, invite.Body.Length);
        Assert.Equal(
            ["newfangled value   continued newfangled value"], invite.GetHeaders("NewFangledHeader"));
        Assert.Equal([";;,,;;,;"], invite.GetHeaders("UnknownHeaderWithUnusualValue"));
    }

    [TortureFact] // §3.1.1.1
    public void ShortTortuousInvite_HasThreeViasOfWhichTwoShareALine()
    {
        var invite = TortureMessages.Parse<SipRequest>("wsinv");

        Assert.Equal(
            [
                ("UDP", "192.0.2.2", "390skdjuw"),
                ("TCP", "spindle.example.com", "z9hG4bK9ikj8"),
                ("UDP", "192.168.255.111", "z9hG4bK30239"),
            ],
            invite.Vias.Select(via => (via.Transport, via.Host, via.Branch)));
        Assert.Equal(
            "<sip:services.example.com;lr;unknownwith=value;unknown-no-value>",
            Assert.Single(invite.RouteSet).ToString());
        var contact = Assert.Single(invite.Contacts);
        Assert.Equal("Quoted string \"\"", contact.DisplayName);
        Assert.Equal("newvalue", contact.Parameters["newparam"]);
        Assert.Equal("0.33", contact.Parameters["q"]);
    }

    [TortureFact] // §3.1.1.2
    public void WideRangeOfCharacters_IsAccepted()
    {
        var request = TortureMessages.Parse<SipRequest>("intmeth");

        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", request.MethodName);
        Assert.Equal(SipMethod.Other, request.Method);
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", request.RequestUri.User);
        Assert.Equal("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)", request.RequestUri.Password);
        Assert.Equal("example.com", request.RequestUri.Host);
        Assert.Equal("BEL:\a NUL:\0 DEL:\u007f", request.To.DisplayName);
        Assert.Equal("token1~` token2'+_ token3*%!.-", request.From.DisplayName);
        Assert.Equal("работающий", request.From.Parameters.GetText("fromParam''~+*_!.-%"));
        Assert.Equal("_token~1'+`*%!-.", request.From.Tag);
        Assert.Equal("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", request.CallId);
        Assert.Equal(255, request.MaxForwards);
        Assert.Equal(["\ufeff大停電"], request.GetHeaders("extensionHeader-!.%*+_`'~"));
    }

    [TortureFact] // §3.1.1.3
    public void PercentEscapes_AreDecodedOnlyWhereTheyHideNothing()
    {
        var invite = TortureMessages.Parse<SipRequest>("esc01");

        Assert.Equal("sips%3Auser%40example.com", invite.RequestUri.User);
        Assert.Equal("sips:user@example.com", invite.RequestUri.UnescapedUser);
        Assert.Equal("example.net", invite.RequestUri.Host);
        Assert.Equal("user", invite.To.Uri.User);
        Assert.Equal("I have spaces", invite.From.Uri.UnescapedUser);
        Assert.Equal("caller", invite.Contact!.Uri.User);
        Assert.True(invite.Contact.Uri.IsLooseRouter);
        Assert.Equal("value%2541", invite.Contact.Uri.Parameters["name"]);
    }

    [TortureFact] // §3.1.1.4
    public void EscapedNulls_AreLegalInUsers()
    {
        var register = TortureMessages.Parse<SipRequest>("escnull");

        Assert.Equal("null-%00-null", register.To.Uri.User);
        Assert.Equal(["%00", "%00%00"], register.Contacts.Select(contact => contact.Uri.User));
    }

    [TortureFact] // §3.1.1.5
    public void PercentSigns_AreNoEscapesOutsideOfUris()
    {
        var request = TortureMessages.Parse<SipRequest>("esc02");

        Assert.Equal(SipMethod.Other, request.Method);
        Assert.Equal("RE%47IST%45R", request.MethodName);
        Assert.Equal("%Z%45", request.To.DisplayName);
        Assert.Equal("z9hG4bK209%fzsnel234", request.TopVia.Branch);
        Assert.Equal(["alias1", "alias3"], request.Contacts.Select(contact => contact.Uri.User));
        Assert.Equal(["<sip:alias2@host2.example.com>"], request.GetHeaders("C%6Fntact"));
    }

    [TortureFact] // §3.1.1.6
    public void DisplayName_MayTouchTheBracket()
    {
        var options = TortureMessages.Parse<SipRequest>("lwsdisp");

        Assert.Equal("caller", options.From.DisplayName);
        Assert.Equal("323", options.From.Tag);
    }

    [TortureFact] // §3.1.1.7
    public void LongValues_AreAccepted()
    {
        var invite = TortureMessages.Parse<SipRequest>("longreq");

        Assert.Equal(34, invite.Vias.Count);
        Assert.Equal("sip33.example.com", invite.TopVia.Host);
        Assert.False(invite.TopVia.HasMagicCookie);
        Assert.Equal("192.0.2.5", invite.Vias[33].Received!.ToString());
        Assert.Equal(6000, invite.To.Uri.Port);
        Assert.StartsWith("1298298", invite.From.Tag);
        Assert.Equal(150, invite.Body.Length);
    }

    [TortureFact] // §3.1.1.8
    public void ExtraOctetsInADatagram_AreIgnored()
    {
        var register = TortureMessages.Parse<SipRequest>("dblreq");

        Assert.Equal("dblreq.0ha0isndaksdj99sdfafnl3lk233412", register.CallId);
        Assert.Equal(0, register.Body.Length);
        Assert.DoesNotContain("INVITE", register.ToString());
    }

    [TortureFact] // §3.1.1.8, as a stream
    public void TwoRequestsInAStream_AreTwoRequests()
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
        framer.Append(TortureMessages.Load("dblreq"));

        Assert.Equal(SipStreamItem.Message, framer.Read(out var first));
        Assert.StartsWith("REGISTER", Encoding.UTF8.GetString(first));
        Assert.Equal(SipStreamItem.Message, framer.Read(out var second));
        Assert.StartsWith("INVITE", Encoding.UTF8.GetString(second));
        Assert.Equal(150, second.Length - second.IndexOf("\r\n\r\n"u8) - 4);
    }

    [TortureFact] // §3.1.1.9
    public void SemicolonInTheUser_IsNoUriParameter()
    {
        var options = TortureMessages.Parse<SipRequest>("semiuri");

        Assert.Equal("user;par=u%40example.net", options.RequestUri.User);
        Assert.Equal("example.com", options.RequestUri.Host);
        Assert.Empty(options.RequestUri.Parameters);
        Assert.Equal(6, options.GetHeaders(SipHeader.Accept).Count);
    }

    [TortureFact] // §3.1.1.10
    public void UnknownTransports_AreAcceptedInVias()
    {
        var options = TortureMessages.Parse<SipRequest>("transports");

        Assert.Equal(["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"], options.Vias.Select(via => via.Transport));
    }

    [TortureFact] // §3.1.1.11
    public void MultipartBodies_AreBinary()
    {
        var message = TortureMessages.Parse<SipRequest>("mpart01");

        Assert.Equal(SipMethod.Message, message.Method);
        Assert.Equal("multipart/mixed;boundary=7a9cbec02ceef655", message.ContentType);
        Assert.Equal(553, message.Body.Length);
        Assert.True(message.Body.Span.EndsWith("--7a9cbec02ceef655--\r\n"u8));
    }

    [TortureFact] // §3.1.1.12
    public void ReasonPhrase_MayBeAnyUtf8()
    {
        var response = TortureMessages.Parse<SipResponse>("unreason");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("= 2**3 * 5**2 но сто девяносто девять - простое", response.ReasonPhrase);
    }

    [TortureFact] // §3.1.1.13
    public void ReasonPhrase_MayBeEmpty()
    {
        var response = TortureMessages.Parse<SipResponse>("noreason");

        Assert.Equal(100, response.StatusCode);
        Assert.Equal("", response.ReasonPhrase);
    }

    [TortureFact] // §3.4
    public void Rfc2543Syntax_IsAccepted()
    {
        var invite = TortureMessages.Parse<SipRequest>("inv2543");

        Assert.Null(invite.From.Tag);
        Assert.Null(invite.TopVia.Branch);
        Assert.Null(invite.MaxForwards);
        Assert.Equal("phone", invite.To.Parameters["user"]);
        Assert.False(Assert.Single(invite.RecordRoutes).Uri.IsLooseRouter);
        Assert.Equal(105, invite.Body.Length);
    }
}
