using CsCheck;
using Farspan.Audio;
using Farspan.Sip;

namespace Farspan.CarrierSimulator.Tests;

public sealed class OutgoingCallTests
{
    private readonly VirtualPeer _peer = new();

    [Fact] // RFC 3261 §13.2.2.4, §15.1.1
    public void An_answered_call_is_acknowledged_and_ended_by_BYE_after_the_talk_time()
    {
        _peer.Place(talkSeconds: 10);
        _peer.Advance(0.2);
        _peer.Respond(_peer.Invite, 180);
        _peer.Advance(0.3);
        _peer.Respond(_peer.Invite, 200);
        _peer.Advance(10);

        Assert.Equal([SipMethod.Invite, SipMethod.Ack, SipMethod.Bye], _peer.Requests.Select(r => r.Method));
        Assert.Equal(10_500, _peer.Sent[^1].At.Milliseconds);
        Assert.Equal([1u, 1u, 2u], _peer.Requests.Select(r => r.CSeq.Number));
        Assert.Null(_peer.Ending);

        _peer.Respond(_peer.Requests[^1], 200);

        Assert.Equal(CallResult.Completed, _peer.Ending!.Result);
        Assert.Equal(TimeSpan.FromMilliseconds(500), _peer.Ending.SetupTime);
        Assert.Equal(AudioCodec.Pcmu, Assert.Single(_peer.Agreed).Codec);
        Assert.Equal(0, _peer.Engine.CallCount);
    }

    [Fact]
    public void The_caller_is_named_after_the_code_of_the_call()
    {
        _peer.Place();

        Assert.Equal("+12065500042", _peer.Invite.From.Uri.User);
        Assert.Equal("+18005550100", _peer.Invite.RequestUri.User);
        Assert.Equal("<sip:+12065500042@127.0.0.1>", _peer.Invite.GetHeader(SipHeader.PAssertedIdentity));
    }

    [Fact] // RFC 3261 §13.2.2.4: each retransmission of the 2xx gets the ACK again.
    public void A_repeated_2xx_is_acknowledged_again()
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 200);
        _peer.Respond(_peer.Invite, 200);

        var acks = _peer.Requests.Where(r => r.Method == SipMethod.Ack).ToArray();
        Assert.Equal(2, acks.Length);
        Assert.Equal(acks[0].Bytes.ToArray(), acks[1].Bytes.ToArray());
        Assert.Single(_peer.Agreed);
    }

    [Fact]
    public void The_2xx_of_another_phone_is_acknowledged_and_ended()
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 200);
        _peer.Respond(_peer.Invite, 200, tag: "another");

        Assert.Equal(SipMethod.Bye, _peer.Requests[^1].Method);
        Assert.Equal("another", _peer.Requests[^1].To.Tag);
        Assert.Null(_peer.Ending);
    }

    [Theory] // RFC 3261 §13.2.2.4: a 2xx is a call, whatever its route looks like.
    [InlineData("<tel:+12065550100>")]
    [InlineData("<sip:127.0.0.9;lr;method=INVITE>")]
    public void An_answer_whose_route_cannot_be_used_is_acknowledged_and_ended(string recordRoute)
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 200, recordRoute: recordRoute);
        _peer.Respond(_peer.Invite, 200, recordRoute: recordRoute);

        Assert.Equal(
            [SipMethod.Invite, SipMethod.Ack, SipMethod.Bye, SipMethod.Ack],
            _peer.Requests.Select(r => r.Method));
        Assert.Equal("peer", _peer.Requests[^2].To.Tag);
        Assert.Empty(_peer.Requests[^2].GetHeaders(SipHeader.Route));
        Assert.Null(_peer.Ending);

        _peer.Respond(_peer.Requests[^2], 200);

        Assert.Equal(CallResult.Unusable, _peer.Ending!.Result);
        Assert.Contains("route", _peer.Ending.Detail, StringComparison.Ordinal);
        Assert.Equal(0, _peer.Engine.CallCount);
    }

    [Fact]
    public void A_refused_call_reports_the_status_and_the_reason()
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 503, reason: "Q.850;cause=34;text=\"no quota\"");

        Assert.Equal(CallResult.Rejected, _peer.Ending!.Result);
        Assert.Equal(503, _peer.Ending.StatusCode);
        Assert.Contains("no quota", _peer.Ending.Detail, StringComparison.Ordinal);
        Assert.Null(_peer.Ending.SetupTime);
        Assert.Equal(SipMethod.Ack, _peer.Requests[^1].Method);
    }

    [Fact] // RFC 3261 §17.1.1.2: Timer B.
    public void Silence_ends_the_call_after_32_seconds()
    {
        _peer.Place();
        _peer.Advance(31.9);
        Assert.Null(_peer.Ending);

        _peer.Advance(0.1);
        Assert.Equal(CallResult.NotAnswered, _peer.Ending!.Result);
        Assert.Equal(7, _peer.Requests.Length);
    }

    [Fact] // RFC 3261 §9.1
    public void A_call_that_rings_too_long_is_taken_back()
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 180);
        _peer.Advance(60);

        var cancel = _peer.Requests[^1];
        Assert.Equal(SipMethod.Cancel, cancel.Method);
        _peer.Respond(cancel, 200);
        _peer.Respond(_peer.Invite, 487);
        Assert.Equal(CallResult.NotAnswered, _peer.Ending!.Result);
    }

    [Fact]
    public void A_2xx_that_crosses_our_CANCEL_is_acknowledged_and_hung_up()
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 180);
        _peer.GiveUp();
        _peer.Respond(_peer.Invite, 200);
        _peer.Respond(_peer.Requests[^1], 200);

        Assert.Equal(
            [SipMethod.Invite, SipMethod.Cancel, SipMethod.Ack, SipMethod.Bye],
            _peer.Requests.Select(r => r.Method));
        Assert.Equal(CallResult.Abandoned, _peer.Ending!.Result);
        Assert.Empty(_peer.Agreed);
    }

    [Fact]
    public void A_BYE_of_the_peer_is_answered_and_ends_the_call()
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 200);
        _peer.Receive(_peer.Request(SipMethod.Bye, 1).Bytes);

        Assert.Equal(200, _peer.Responses[^1].StatusCode);
        Assert.Equal(CallResult.EndedByPeer, _peer.Ending!.Result);
    }

    [Fact]
    public void A_BYE_that_nobody_answers_does_not_hold_the_call()
    {
        _peer.Place(talkSeconds: 1);
        _peer.Respond(_peer.Invite, 200);
        _peer.Advance(1 + CarrierLimits.HangUpPatience.TotalSeconds);

        Assert.Equal(CallResult.Completed, _peer.Ending!.Result);
    }

    [Fact]
    public void An_answer_without_a_description_is_hung_up()
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 200, hasBody: false);

        Assert.Equal([SipMethod.Invite, SipMethod.Ack, SipMethod.Bye], _peer.Requests.Select(r => r.Method));
        _peer.Respond(_peer.Requests[^1], 200);
        Assert.Equal(CallResult.Unusable, _peer.Ending!.Result);
    }

    [Fact] // RFC 3261 §13.3.1.4, §14.2
    public void A_re_INVITE_is_answered_until_its_ACK_comes_and_moves_the_audio()
    {
        _peer.Place(talkSeconds: 60);
        _peer.Respond(_peer.Invite, 200);
        _peer.Receive(_peer.Request(SipMethod.Invite, 1, VirtualPeer.Description(21_000)).Bytes);
        _peer.Advance(2);

        Assert.Equal(3, _peer.Responses.Count(r => r is { StatusCode: 200, CSeq.Method: SipMethod.Invite }));
        Assert.Equal(21_000, _peer.Agreed[^1].RemoteRtp.Port);

        _peer.Receive(_peer.Request(SipMethod.Ack, 1).Bytes);
        _peer.Advance(10);
        Assert.Equal(3, _peer.Responses.Count(r => r is { StatusCode: 200, CSeq.Method: SipMethod.Invite }));
        Assert.Null(_peer.Ending);
    }

    [Fact] // RFC 3264 §5: an INVITE without an offer asks for ours; the ACK answers it.
    public void A_re_INVITE_without_an_offer_gets_ours()
    {
        _peer.Place(talkSeconds: 60);
        _peer.Respond(_peer.Invite, 200);
        _peer.Receive(_peer.Request(SipMethod.Invite, 1).Bytes);
        Assert.True(_peer.Responses[^1].Body.Length > 0);

        _peer.Receive(_peer.Request(SipMethod.Invite, 2).Bytes);
        Assert.Equal(491, _peer.Responses[^1].StatusCode);

        _peer.Receive(_peer.Request(SipMethod.Ack, 1, VirtualPeer.Description(22_000)).Bytes);
        Assert.Equal(22_000, _peer.Agreed[^1].RemoteRtp.Port);
    }

    [Fact]
    public void An_ACK_without_the_answer_it_owes_leaves_the_audio_as_it_was()
    {
        _peer.Place(talkSeconds: 60);
        _peer.Respond(_peer.Invite, 200);
        _peer.Receive(_peer.Request(SipMethod.Invite, 1).Bytes);
        _peer.Receive(_peer.Request(SipMethod.Ack, 1).Bytes);
        _peer.Receive(_peer.Request(SipMethod.Invite, 2).Bytes);

        Assert.Equal(200, _peer.Responses[^1].StatusCode);
        Assert.Single(_peer.Agreed);
    }

    [Theory]
    [InlineData(SipMethod.Options, 200)]
    [InlineData(SipMethod.Info, 200)]
    [InlineData(SipMethod.Update, 200)]
    [InlineData(SipMethod.Refer, 405)]
    public void Requests_within_the_call_are_answered(SipMethod method, int status)
    {
        _peer.Place();
        _peer.Respond(_peer.Invite, 200);
        _peer.Receive(_peer.Request(method, 1).Bytes);

        Assert.Equal(status, _peer.Responses[^1].StatusCode);
        Assert.Null(_peer.Ending);
    }

    [Fact]
    public void A_request_of_an_unknown_call_gets_481()
    {
        _peer.Place(talkSeconds: 1);
        _peer.Respond(_peer.Invite, 200);
        _peer.Receive(_peer.Request(SipMethod.Bye, 1).Bytes);
        _peer.Receive(_peer.Request(SipMethod.Info, 2).Bytes);

        Assert.Equal(481, _peer.Responses[^1].StatusCode);
    }

    [Fact]
    public void Hostile_bytes_and_damaged_answers_are_survived() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 600], Gen.Int[1, 4]).Sample((noise, at, kind) =>
        {
            var peer = new VirtualPeer();
            peer.Place(talkSeconds: 5);
            peer.Receive(noise);
            var answer = SipResponseBuilder.For(peer.Invite, 200).WithToTag("peer")
                .WithBody("application/sdp", VirtualPeer.Description(20_000)).Build().Bytes.ToArray();
            answer[at % answer.Length] = kind switch { 1 => (byte)'\n', 2 => 0, 3 => 0xFF, _ => (byte)'9' };
            peer.Receive(answer);
            peer.Advance(80);
            Assert.NotNull(peer.Ending);
        });
}
