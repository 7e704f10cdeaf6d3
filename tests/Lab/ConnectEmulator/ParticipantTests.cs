using Farspan.Chime;

namespace Farspan.ConnectEmulator.Tests;

public sealed class ParticipantTests
{
    private static readonly CreateParticipantConnectionRequest Credentials =
        new() { Type = ["CONNECTION_CREDENTIALS"] };

    private readonly EmulatedAccount _account = new();

    [Fact]
    public void Digits_go_into_the_attribute_of_the_block_and_all_are_recorded_in_order()
    {
        var flow =
            new ContactFlow("f", [new GetDigitsBlock("pin") { MaxDigits = 3 }, new GetDigitsBlock("next")]);
        var account = new EmulatedAccount(new ConnectEmulatorSettings { Flows = [flow] });
        var contact = account.Start("f");
        account.Join(contact.Join!);
        var token = Connect(account, contact.ParticipantToken).Value!.ConnectionToken;
        Send(account, token, "1");
        Send(account, token, "2");
        Send(account, token, "34");

        var view = account.Contact(contact.ContactId);
        Assert.Equal(("123", "4"), (view.Attributes["pin"], view.Attributes["next"]));
        Assert.Equal("1234", view.Digits);
        Assert.Equal(["1", "2", "34"], view.Dtmf.Select(message => message.Digits));
    }

    [Fact]
    public void A_hash_ends_the_digits_and_so_does_a_pause()
    {
        var flow = new ContactFlow("f", [
            new GetDigitsBlock("a") { MaxDigits = 9 },
            new GetDigitsBlock("b") { MaxDigits = 9, Timeout = TimeSpan.FromSeconds(5) },
            new EndBlock()]);
        var account = new EmulatedAccount(new ConnectEmulatorSettings { Flows = [flow] });
        var contact = account.Start("f");
        account.Join(contact.Join!);
        var token = Connect(account, contact.ParticipantToken).Value!.ConnectionToken;
        Send(account, token, "12#");
        account.Advance(seconds: 4.999);
        Send(account, token, "3");
        account.Advance(seconds: 4.999);
        Assert.Null(account.Contact(contact.ContactId).End);

        account.Advance(seconds: 0.001);
        var view = account.Contact(contact.ContactId);
        Assert.Equal(("12", "3"), (view.Attributes["a"], view.Attributes["b"]));
        Assert.Equal(ContactEnd.FlowEnded, view.End);
    }

    [Fact]
    public void A_repeated_message_token_is_one_message()
    {
        var contact = _account.Start();
        var token = Connect(_account, contact.ParticipantToken).Value!.ConnectionToken;
        var first = Send(_account, token, "1", clientToken: "m1");
        var second = Send(_account, token, "1", clientToken: "m1");

        Assert.Equal(first.Value!.Id, second.Value!.Id);
        Assert.Equal("1", _account.Contact(contact.ContactId).Digits);
    }

    [Fact]
    public void The_two_tokens_are_not_exchangeable()
    {
        var contact = _account.Start();
        var token = Connect(_account, contact.ParticipantToken).Value!.ConnectionToken;

        Assert.Equal(403, Connect(_account, token).Error?.StatusCode);
        Assert.Equal(403, Send(_account, contact.ParticipantToken, "1").Error?.StatusCode);
        Assert.Equal(403, Send(_account, null, "1").Error?.StatusCode);
    }

    [Theory]
    [InlineData("audio/dtmf", "12x")]
    [InlineData("audio/dtmf", "")]
    [InlineData("text/plain", "1")]
    [InlineData(null, "1")]
    public void Anything_but_digits_is_refused(string? contentType, string content)
    {
        var token = Connect(_account, _account.Start().ParticipantToken).Value!.ConnectionToken;
        var request = new SendMessageRequest { ContentType = contentType, Content = content };
        var reply = _account.Do((s, now, outbox) => s.Participants.SendMessage(token, request, now, outbox));

        Assert.Equal("ValidationException", reply.Error?.Type);
    }

    [Fact]
    public void A_connection_token_lives_for_a_day()
    {
        var contact = _account.Start();
        _account.Join(contact.Join!);
        var token = Connect(_account, contact.ParticipantToken).Value!.ConnectionToken;

        _account.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        Assert.Null(Send(_account, token, "1").Error);
        _account.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(403, Send(_account, token, "1").Error?.StatusCode);
    }

    [Fact]
    public void Disconnecting_ends_the_contact_and_the_tokens()
    {
        var contact = _account.Start();
        var socket = _account.Join(contact.Join!);
        var token = Connect(_account, contact.ParticipantToken).Value!.ConnectionToken;
        _account.Do((s, now, outbox) => s.Participants.DisconnectParticipant(token, now, outbox));

        Assert.Equal(ContactEnd.CustomerLeft, _account.Contact(contact.ContactId).End);
        Assert.Contains(_account.Frames(socket), frame => frame is AudioStatusFrame);
        Assert.Equal(403, Send(_account, token, "1").Error?.StatusCode);
    }

    [Fact]
    public void A_further_customer_can_be_created_once_an_agent_is_there_and_join_by_their_own_credentials()
    {
        var contact = _account.Start();
        _account.Join(contact.Join!);
        Assert.Equal("ConflictException", Create(contact.ContactId).Error?.Type);

        _account.Advance(seconds: 5);
        var created = Create(contact.ContactId).Value!;
        var webRtc = new CreateParticipantConnectionRequest { Type = ["WEBRTC_CONNECTION"] };
        var reply = _account.Do((s, now, outbox) =>
            s.Participants.CreateParticipantConnection(created.ParticipantToken, webRtc, now, outbox));
        _account.Join(reply.Value!.Join!);

        Assert.Equal(3, _account.Contact(contact.ContactId).Attendees
            .Count(attendee => attendee.Presence == AttendeePresence.Connected));
    }

    private ApiReply<CreatedParticipant> Create(string contactId)
    {
        var request = new CreateParticipantRequest
        {
            InstanceId = EmulatedAccount.Instance,
            ContactId = contactId,
            ParticipantDetails = new() { ParticipantRole = "CUSTOMER", DisplayName = "second" },
        };
        return _account.Do((s, now, outbox) => s.Connect.CreateParticipant(request, now, outbox));
    }

    private static ApiReply<ParticipantConnection> Connect(EmulatedAccount account, string? bearer) =>
        account.Do((s, now, outbox) =>
            s.Participants.CreateParticipantConnection(bearer, Credentials, now, outbox));

    private static ApiReply<SentMessage> Send(
        EmulatedAccount account, string? bearer, string digits, string? clientToken = null)
    {
        var request = new SendMessageRequest
        {
            ContentType = "audio/dtmf", Content = digits, ClientToken = clientToken,
        };
        return account.Do((s, now, outbox) => s.Participants.SendMessage(bearer, request, now, outbox));
    }
}
