using Farspan.Kernel;

namespace Farspan.Sip.Tests;

public sealed class SipDialogTests
{
    private static readonly NameAddress _ourContact = new(new SipUri("us", "192.0.2.1"));

    private readonly LayerBench _bench = new();
    private readonly RandomSource _random = new(7);

    [Fact] // RFC 3261 §12.1.1.
    public void Answering_MakesADialogOfTheInvite()
    {
        var invite = ReceiveInvite();
        Assert.True(SipDialog.TryAccept(invite, _ourContact, out var dialog));

        Assert.Equal(SipDialogPhase.Early, dialog.Phase);
        Assert.Equal(new SipDialogId(invite.Request.CallId, invite.LocalTag, "1928301774"), dialog.Id);
        Assert.Equal("sip:alice@pc33.atlanta.example.com", dialog.RemoteTarget.ToString());

        dialog.Answered(invite.Request, 200);
        Assert.Equal(SipDialogPhase.Confirmed, dialog.Phase);
        Assert.Equal(dialog.Id, SipDialogId.OfReceived(InDialog(dialog, "BYE", 314160)));
    }

    [Fact] // RFC 3261 §12.1.1: the UAS keeps the order of Record-Route, §12.1.2: the UAC reverses it.
    public void TheRouteSet_KeepsTheOrderForTheCallee_AndReversesItForTheCaller()
    {
        const string RecordRoutes = "Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr>\r\n";

        var callee = Accept(RecordRoutes);
        Assert.Equal(["p2.example.com", "p1.example.com"], callee.RouteSet.Select(route => route.Uri.Host));

        var caller = Call(200, RecordRoutes);
        Assert.Equal(["p1.example.com", "p2.example.com"], caller.RouteSet.Select(route => route.Uri.Host));
        Assert.Equal("p1.example.com", caller.NextHop.Host);
    }

    [Fact] // RFC 3261 §12.2.1.1.
    public void ARequest_CarriesTargetRouteTagsAndTheNextSequenceNumber()
    {
        var dialog = Accept("Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr>\r\n");

        var update = dialog.CreateRequest(SipMethod.Update, NewVia()).Build();
        var bye = dialog.CreateRequest(SipMethod.Bye, NewVia()).Build();

        Assert.Equal("sip:alice@pc33.atlanta.example.com", bye.RequestUri.ToString());
        Assert.Equal(["p2.example.com", "p1.example.com"], bye.RouteSet.Select(route => route.Uri.Host));
        Assert.Equal(dialog.Id.LocalTag, bye.From.Tag);
        Assert.Equal("1928301774", bye.To.Tag);
        Assert.Equal(dialog.Id.CallId, bye.CallId);
        Assert.Equal(update.CSeq.Number + 1, bye.CSeq.Number);
        Assert.Equal(_ourContact.ToString(), update.Contact!.ToString());
        Assert.Null(bye.Contact);
    }

    [Fact] // RFC 3261 §12.2.1.1: its URI becomes the Request-URI, and the target the last Route.
    public void AStrictRouter_GetsTheRequestUri()
    {
        var dialog = Accept("Record-Route: <sip:strict.example.com>, <sip:p1.example.com;lr>\r\n");

        var bye = dialog.CreateRequest(SipMethod.Bye, NewVia()).Build();

        Assert.Equal("sip:strict.example.com", bye.RequestUri.ToString());
        Assert.Equal(
            ["sip:p1.example.com;lr", "sip:alice@pc33.atlanta.example.com"],
            bye.RouteSet.Select(route => route.Uri.ToString()));
    }

    [Fact] // RFC 3261 §13.2.2.4: the CSeq number of the INVITE, whatever came between.
    public void TheAck_HasTheSequenceNumberOfItsInvite()
    {
        var dialog = Call(200);
        dialog.CreateRequest(SipMethod.Info, NewVia());

        var ack = dialog.CreateAck(314159, NewVia()).Build();

        Assert.Equal(SipMethod.Ack, ack.Method);
        Assert.Equal(new CSeq(314159, SipMethod.Ack), ack.CSeq);
        Assert.Equal("sip:bob@192.0.2.4", ack.RequestUri.ToString());
    }

    [Fact] // RFC 3261 §12.2.2.
    public void ALowerSequenceNumber_IsOutOfOrder_AndAGapIsNot()
    {
        var dialog = Accept();

        Assert.Equal(SipDialogVerdict.OutOfOrder, dialog.Receive(InDialog(dialog, "INFO", 314158)));
        Assert.Equal(SipDialogVerdict.Accept, dialog.Receive(InDialog(dialog, "INFO", 314900)));
        Assert.Equal(SipDialogVerdict.OutOfOrder, dialog.Receive(InDialog(dialog, "INFO", 314899)));
    }

    [Fact] // RFC 3261 §14.2.
    public void AnInviteDuringOurs_IsGlare_AndEndsWithOurFinalResponse()
    {
        var dialog = Accept();
        var ours = dialog.CreateRequest(SipMethod.Invite, NewVia()).Build();

        Assert.Equal(SipDialogVerdict.Glare, dialog.Receive(InDialog(dialog, "INVITE", 314160)));
        Assert.Equal(SipDialogVerdict.Accept, dialog.Receive(InDialog(dialog, "INFO", 314161)));

        dialog.Receive(SampleMessages.Response(ours, 180, "1928301774"));
        Assert.Equal(SipDialogVerdict.Glare, dialog.Receive(InDialog(dialog, "INVITE", 314162)));

        dialog.Receive(SampleMessages.Response(ours, 488, "1928301774"));
        Assert.Equal(SipDialogVerdict.Accept, dialog.Receive(InDialog(dialog, "INVITE", 314163)));
    }

    [Fact] // RFC 3261 §14.2.
    public void ASecondInviteBeforeTheFirstIsAnswered_MustWait()
    {
        var dialog = Accept();
        var first = InDialog(dialog, "INVITE", 314160);

        Assert.Equal(SipDialogVerdict.Accept, dialog.Receive(first));
        Assert.Equal(SipDialogVerdict.InvitePending, dialog.Receive(InDialog(dialog, "INVITE", 314161)));

        dialog.Answered(first, 200);
        Assert.Equal(SipDialogVerdict.Accept, dialog.Receive(InDialog(dialog, "INVITE", 314162)));
    }

    [Fact]
    public void Refusals_AreThoseOfTheRfc()
    {
        var transaction = ReceiveInvite();

        var glare = SipDialog.CreateRefusal(transaction, SipDialogVerdict.Glare, _random).Build();
        var pending = SipDialog.CreateRefusal(transaction, SipDialogVerdict.InvitePending, _random).Build();

        Assert.Equal(491, glare.StatusCode);
        Assert.Equal(500, pending.StatusCode);
        Assert.InRange(pending.RetryAfter!.Value.TotalSeconds, 0, 10);
    }

    [Fact] // RFC 3261 §14.1: 2.1 to 4 s for the owner of the Call-ID, 0 to 2 s for the other, in 10 ms.
    public void TheDelayAfterGlare_DependsOnWhoOwnsTheCallId()
    {
        var caller = Call(200);
        var callee = Accept();
        var callers =
            Enumerable.Range(0, 5_000).Select(_ => caller.GlareDelay(_random).TotalMilliseconds).ToArray();
        var callees =
            Enumerable.Range(0, 5_000).Select(_ => callee.GlareDelay(_random).TotalMilliseconds).ToArray();

        Assert.Equal((2_100, 4_000), (callers.Min(), callers.Max()));
        Assert.Equal((0, 2_000), (callees.Min(), callees.Max()));
        Assert.All(callers.Concat(callees), delay => Assert.Equal(0, delay % 10));
    }

    [Fact] // RFC 6141 §4.2: only a 2xx makes a new Contact count.
    public void TheTarget_IsRefreshedByAnAcceptedRequest_AndNotByARefusedOne()
    {
        var dialog = Accept();
        var refused = InDialog(dialog, "INVITE", 314160, "sip:refused@198.51.100.1");
        dialog.Receive(refused);
        dialog.Answered(refused, 488);
        Assert.Equal("pc33.atlanta.example.com", dialog.RemoteTarget.Host);

        var accepted = InDialog(dialog, "UPDATE", 314161, "sip:moved@198.51.100.2");
        dialog.Receive(accepted);
        dialog.Answered(accepted, 200);
        Assert.Equal("198.51.100.2", dialog.RemoteTarget.Host);
        Assert.Equal(SipDialogPhase.Confirmed, dialog.Phase);
    }

    [Fact] // RFC 3261 §13.2.2.4: the 2xx decides on the route set.
    public void TheRouteSetOfAnEarlyDialog_IsReplacedByThatOfThe2xx()
    {
        var invite = SampleMessages.Request("INVITE");
        var ringing = SampleMessages.Response(invite, 180, extra: RecordRoute("early"));
        Assert.True(SipDialog.TryCall(invite, ringing, out var dialog));
        Assert.Equal(SipDialogPhase.Early, dialog.Phase);

        dialog.Receive(SampleMessages.Response(invite, 200, extra: RecordRoute("final")));
        Assert.Equal("final.example.com", Assert.Single(dialog.RouteSet).Uri.Host);
        Assert.Equal(SipDialogPhase.Confirmed, dialog.Phase);

        var reinvite = dialog.CreateRequest(SipMethod.Invite, NewVia()).Build();
        dialog.Receive(SampleMessages.Response(reinvite, 200, extra: RecordRoute("later")));
        Assert.Equal("final.example.com", Assert.Single(dialog.RouteSet).Uri.Host);
    }

    [Theory] // RFC 3261 §12.2.1.2.
    [InlineData(481, SipDialogPhase.Terminated)]
    [InlineData(408, SipDialogPhase.Terminated)]
    [InlineData(488, SipDialogPhase.Confirmed)]
    [InlineData(500, SipDialogPhase.Confirmed)]
    public void AnAnswerThatKnowsNothingOfTheDialog_EndsIt(int status, SipDialogPhase expected)
    {
        var dialog = Call(200);
        var info = dialog.CreateRequest(SipMethod.Info, NewVia()).Build();

        dialog.Receive(SampleMessages.Response(info, status));

        Assert.Equal(expected, dialog.Phase);
    }

    [Fact]
    public void AnInviteWithoutContact_MakesNoDialog()
    {
        var text =
            SampleMessages.RequestText("INVITE").Replace("Contact:", "X-Contact:", StringComparison.Ordinal);

        Assert.False(SipDialog.TryAccept(LayerBench.Requested(_bench.Receive(text)), _ourContact, out _));
    }

    [Fact]
    public void AnInviteWithTooManyRoutesOrATooLongTarget_MakesNoDialog()
    {
        var routes =
            string.Concat(Enumerable.Repeat("Record-Route: <sip:p;lr>\r\n", SipDialogLimits.RoutesMax + 1));
        Assert.False(SipDialog.TryAccept(ReceiveInvite(routes), _ourContact, out _));

        var user = new string('a', SipDialogLimits.UriLengthMax);
        var text = SampleMessages.RequestText("INVITE", "z9hG4bKtwo", cseq: 2)
            .Replace("<sip:alice@pc33", $"<sip:{user}@pc33", StringComparison.Ordinal);
        Assert.False(SipDialog.TryAccept(LayerBench.Requested(_bench.Receive(text)), _ourContact, out _));
    }

    [Fact]
    public void ARestoredDialog_GoesOnWhereItWasCaptured()
    {
        var dialog = Accept();
        dialog.CreateRequest(SipMethod.Info, NewVia());

        var restored = SipDialog.Restore(dialog.Capture());
        restored.SkipSequence(1_000);
        var reinvite = restored.CreateRequest(SipMethod.Invite, NewVia()).Build();

        Assert.Equal(dialog.Id, restored.Id);
        Assert.Equal(dialog.LocalSequence + 1_001, reinvite.CSeq.Number);
        Assert.Equal(1u, dialog.LocalSequence);
        Assert.Equal(SipDialogVerdict.OutOfOrder, restored.Receive(InDialog(restored, "BYE", 1)));
    }

    [Fact]
    public void ABye_EndsTheDialogOnBothSides()
    {
        var callee = Accept();
        Assert.Equal(SipDialogVerdict.Accept, callee.Receive(InDialog(callee, "BYE", 314160)));
        Assert.Equal(SipDialogPhase.Terminated, callee.Phase);

        var caller = Call(200);
        var bye = caller.CreateRequest(SipMethod.Bye, NewVia()).Build();
        caller.Receive(SampleMessages.Response(bye, 200));
        Assert.Equal(SipDialogPhase.Terminated, caller.Phase);
    }

    private static string RecordRoute(string host) => $"Record-Route: <sip:{host}.example.com;lr>\r\n";

    private static SipDialog Call(int status, string extra = "")
    {
        var invite = SampleMessages.Request("INVITE");
        Assert.True(
            SipDialog.TryCall(invite, SampleMessages.Response(invite, status, extra: extra), out var dialog));
        return dialog;
    }

    /// <summary>A request of the peer's within a dialog that it started.</summary>
    private static SipRequest InDialog(SipDialog dialog, string method, int cseq, string? contact = null)
    {
        var text =
            SampleMessages.RequestText(method, $"z9hG4bK{method}{cseq}", dialog.Id.LocalTag, cseq: cseq);
        return SampleMessages.ParseRequest(contact is null
            ? text
            : text.Replace("<sip:alice@pc33.atlanta.example.com>", $"<{contact}>", StringComparison.Ordinal));
    }

    private SipServerTransaction ReceiveInvite(string extra = "") =>
        LayerBench.Requested(_bench.Receive(SampleMessages.RequestText("INVITE", extra: extra)));

    private SipDialog Accept(string extra = "")
    {
        var invite = ReceiveInvite(extra);
        Assert.True(SipDialog.TryAccept(invite, _ourContact, out var dialog));
        dialog.Answered(invite.Request, 200);
        return dialog;
    }

    private Via NewVia() => _bench.Layer.CreateVia(_bench.UdpFlow);
}
