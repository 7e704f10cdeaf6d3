using CsCheck;
using Farspan.Sip;

namespace Farspan.Cluster.Tests;

public sealed class TokenContentTests
{
    [Fact]
    public void AResumeToken_ReadsBack()
    {
        Assert.True(ResumeToken.TryDecode(Tokens.Resume.Encode(), out var read, out _));
        Assert.Equal(Tokens.Resume, read);
    }

    [Fact]
    public void AResumeToken_OfACallWithoutDigits_ReadsBack()
    {
        var token = Tokens.Resume with
        {
            ConnectionToken = null,
            ConnectionExpiresAt = null,
            AudioFallbackUrl = null,
            DigitsOnTheirWay = null,
            DigitIndex = 0,
            IsMuted = false,
        };

        Assert.True(ResumeToken.TryDecode(token.Encode(), out var read, out _));
        Assert.Equal(token, read);
    }

    [Fact]
    public void ACallerToken_ReadsBack()
    {
        Assert.True(CallerToken.TryDecode(Tokens.Caller.Encode(), out var read, out _));
        Assert.Equal(Tokens.Caller.Encode(), read.Encode());
        Assert.Equal(Tokens.Caller.Dialog.RouteSet.Select(r => r.ToString()),
            read.Dialog.RouteSet.Select(r => r.ToString()));
        Assert.Equal(Tokens.Caller.Flow, read.Flow);
        Assert.Equal(Tokens.Caller.Headers, read.Headers);
        Assert.Equal(42u, read.Dialog.RemoteSequence);
        Assert.Equal(SipDialogPhase.Confirmed, read.Dialog.Phase);
        Assert.Equal(TimeSpan.FromMinutes(30), read.SessionInterval);
    }

    [Fact]
    public void ADialogFromAToken_GoesOn()
    {
        Assert.True(CallerToken.TryDecode(Tokens.Caller.Encode(), out var read, out _));
        var dialog = SipDialog.Restore(read.Dialog);
        dialog.SkipSequence(1_000);
        var request = dialog.CreateRequest(
            SipMethod.Invite, new Via("TLS", "203.0.113.9", 5061, Via.MagicCookie + "1")).Build();

        Assert.Equal(1_018u, request.CSeq.Number);
        Assert.Equal("call-1@192.0.2.1", request.CallId);
        Assert.Equal("sip:carrier@192.0.2.1:5060", request.RequestUri.ToString());
        Assert.Equal("ours", request.From.Tag);
        Assert.Equal(2, request.RouteSet.Count);
    }

    [Fact] // Rolling upgrades: the next version adds fields that this one does not know.
    public void FieldsOfALaterVersion_ArePassedOver()
    {
        byte[] later = [ResumeToken.Version + 1, ResumeToken.LowestReader,
            200, 0, 2, 1, 2, .. Tokens.Resume.Encode()[2..], 201, 0, 0];

        Assert.True(ResumeToken.TryDecode(later, out var read, out _));
        Assert.Equal(Tokens.Resume, read);
    }

    [Fact] // Rolling upgrades: the version before had fewer fields.
    public void FieldsThatAnEarlierVersionDidNotHave_AreWhatItAssumed()
    {
        var earlier = new TokenFieldWriter(1, 1)
            .Text(1, "contact").Text(2, "instance").Text(3, "intent").Text(5, "participant-token")
            .Text(8, "meeting").Text(9, "attendee").Text(10, "join").Text(11, "wss://x").Text(12, "audio")
            .Number(15, 7).Finish();

        Assert.True(ResumeToken.TryDecode(earlier, out var read, out _));
        Assert.Equal("contact", read.ContactId);
        Assert.False(read.IsMuted);
        Assert.Null(read.DigitsOnTheirWay);
        Assert.Equal("", read.Route);
    }

    [Fact]
    public void ALaterVersion_ThatThisOneCannotUnderstand_SaysSo()
    {
        byte[] later = [ResumeToken.Version + 1, ResumeToken.Version + 1, .. Tokens.Resume.Encode()[2..]];

        Assert.False(ResumeToken.TryDecode(later, out _, out var error));
        Assert.Equal(TokenError.UnknownVersion, error);
    }

    [Fact]
    public void ATokenWithoutWhatIsNeeded_IsIncomplete()
    {
        Assert.False(ResumeToken.TryDecode([1, 1], out _, out var resume));
        Assert.False(CallerToken.TryDecode([1, 1], out _, out var caller));
        Assert.Equal([TokenError.Incomplete, TokenError.Incomplete], [resume, caller]);
    }

    [Fact]
    public void AnyBytes_GiveATokenOrAnError() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
            (ResumeToken.TryDecode(bytes, out _, out var first) || first != TokenError.None)
            && (CallerToken.TryDecode(bytes, out _, out var second) || second != TokenError.None));

    [Fact]
    public void AnyChangeOfAnyByte_GivesATokenOrAnError() =>
        Gen.Select(Gen.Int[0, Tokens.Caller.Encode().Length - 1], Gen.Byte).Sample((index, value) =>
        {
            var bytes = Tokens.Caller.Encode();
            bytes[index] = value;
            return CallerToken.TryDecode(bytes, out _, out var error) || error != TokenError.None;
        });
}
