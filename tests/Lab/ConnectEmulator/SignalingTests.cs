using CsCheck;
using Farspan.Chime;

namespace Farspan.ConnectEmulator.Tests;

public sealed class SignalingTests
{
    [Fact]
    public void A_client_gets_pong_join_ack_index_subscribe_ack_and_roster_in_this_order()
    {
        var account = new EmulatedAccount();
        var socket = account.Open(account.Start().Join!).Socket!.Value;
        account.Send(socket, new PingPongFrame(false, 7));
        account.Send(socket, new JoinFrame { ProtocolVersion = 2 });
        account.Send(socket, new SubscribeFrame { SdpOffer = "v=0\r\n" });

        Assert.Collection(
            account.Frames(socket),
            frame => Assert.Equal(7u, Assert.IsType<PingPongFrame>(frame).PingId),
            frame => Assert.Null(Assert.IsType<JoinAckFrame>(frame).TurnCredentials),
            frame => Assert.IsType<IndexFrame>(frame),
            frame => Assert.Equal(SilentMedia.SdpAnswer, Assert.IsType<SubscribeAckFrame>(frame).SdpAnswer),
            frame => Assert.IsType<AudioStreamIdInfoFrame>(frame),
            frame => Assert.IsType<AudioStreamIdInfoFrame>(frame));
    }

    [Fact]
    public void The_roster_tells_the_customer_of_the_agent_who_joins_and_of_one_who_leaves()
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Agents = [new BuiltInAgentSettings { TalksFor = TimeSpan.FromSeconds(1) }],
            Flows = [new ContactFlow("f", [
                new QueueBlock("q", new AudioCue()),
                new JoinAgentBlock(),
                new PromptBlock(TimeSpan.FromSeconds(5), new AudioCue())])],
        });
        var socket = account.Join(account.Start("f").Join!);
        account.Advance(seconds: 3);

        var changes = account.Frames(socket).OfType<AudioStreamIdInfoFrame>()
            .SelectMany(frame => frame.Streams).Where(stream => stream.StreamId == 2).ToArray();
        Assert.EndsWith("agent", changes[0].ExternalUserId);
        Assert.Equal((null, null), (changes[^1].AttendeeId, changes[^1].IsMuted));
    }

    [Fact]
    public void A_deflated_offer_is_understood_and_its_answer_deflated()
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Signaling = new SignalingBehavior { WantsCompressedSdp = true },
        });
        var socket = account.Open(account.Start().Join!).Socket!.Value;
        account.Send(socket, new JoinFrame());
        account.Send(
            socket, new SubscribeFrame { CompressedSdpOffer = CompressedSdp.Deflate("v=0\r\no=x\r\n") });

        Assert.Equal("v=0\r\no=x\r\n", account.All<ConnectEffect.AnswerOffer>().Single().Offer.Sdp);
        var answer = account.Frames(socket).OfType<SubscribeAckFrame>().Single();
        Assert.True(CompressedSdp.TryInflate(answer.CompressedSdpAnswer!.Value.Span, out var sdp));
        Assert.Equal(SilentMedia.SdpAnswer, sdp);
        Assert.True(account.Frames(socket).OfType<JoinAckFrame>().Single().WantsCompressedSdp);
    }

    [Fact]
    public void Turn_credentials_are_handed_out_where_there_are_some()
    {
        var turn = new TurnServer(["turn:192.0.2.1:3478?transport=udp"], "user", "pass");
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Signaling = new SignalingBehavior { Turn = turn },
        });
        var socket = account.Join(account.Start().Join!);

        var credentials = account.Frames(socket).OfType<JoinAckFrame>().Single().TurnCredentials!;
        Assert.Equal(("user", "pass"), (credentials.Username, credentials.Password.Reveal()));
        Assert.Equal(turn.Uris, credentials.Uris);
    }

    [Fact]
    public void An_attendee_who_joins_again_displaces_its_first_connection_at_once()
    {
        var account = new EmulatedAccount();
        var join = account.Start().Join!;
        var first = account.Join(join);
        var second = account.Join(join);

        Assert.Equal(301u, account.Frames(first).OfType<AudioStatusFrame>().Single().Status);
        Assert.Equal(first, account.All<ConnectEffect.RemoveMedia>().Single().Connection);
        Assert.DoesNotContain(account.Frames(second), frame => frame is AudioStatusFrame);
        Assert.Equal(AttendeePresence.Connected, account.Service.Contacts.Single().Attendees[0].Presence);
    }

    [Fact]
    public void The_leave_of_a_displaced_connection_does_not_end_the_contact()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        var first = account.Join(contact.Join!);
        account.Join(contact.Join!);
        account.Send(first, new LeaveFrame());
        account.Advance(seconds: 120);

        Assert.Contains(account.Frames(first), frame => frame is LeaveAckFrame);
        Assert.Equal(ContactState.ConnectedToAgent, account.Contact(contact.ContactId).State);
    }

    [Fact]
    public void A_displaced_connection_gets_no_media_again_and_is_displaced_only_once()
    {
        var account = new EmulatedAccount();
        var join = account.Start().Join!;
        var first = account.Join(join);
        account.Join(join);
        account.Send(first, new SubscribeFrame { SdpOffer = "v=0\r\n" });
        account.Join(join);

        Assert.Equal(3, account.All<ConnectEffect.AnswerOffer>().Length);
        Assert.Equal(400u, account.Frames(first).OfType<ErrorFrame>().Single().Status);
        Assert.Single(account.Frames(first).OfType<AudioStatusFrame>());
    }

    [Fact]
    public void Late_displacement_lets_both_connections_have_media_in_between()
    {
        var account = new EmulatedAccount(With(Displacement.Late));
        var join = account.Start().Join!;
        var first = account.Join(join);
        account.Join(join);

        account.Advance(seconds: 1.999);
        Assert.DoesNotContain(account.Frames(first), frame => frame is AudioStatusFrame);
        account.Advance(seconds: 0.001);
        Assert.Equal(301u, account.Frames(first).OfType<AudioStatusFrame>().Single().Status);
    }

    [Fact]
    public void Without_displacement_the_contact_lives_while_either_connection_does()
    {
        var account = new EmulatedAccount(With(Displacement.None));
        var contact = account.Start();
        var first = account.Join(contact.Join!);
        var second = account.Join(contact.Join!);
        account.Lose(first);
        account.Advance(seconds: 120);
        Assert.Null(account.Contact(contact.ContactId).End);

        account.Lose(second);
        account.Advance(seconds: 60);
        Assert.Equal(ContactEnd.CustomerVanished, account.Contact(contact.ContactId).End);
    }

    [Fact]
    public void A_refused_displacement_closes_the_second_connection()
    {
        var account = new EmulatedAccount(With(Displacement.Refused));
        var join = account.Start().Join!;
        var first = account.Join(join);
        var second = account.Join(join);

        Assert.Equal(second, account.All<ConnectEffect.CloseSocket>().Single().Socket);
        Assert.DoesNotContain(account.Frames(first), frame => frame is AudioStatusFrame);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(60.001, false)]
    public void Credentials_work_for_sixty_seconds_after_the_attendee_was_lost(
        double seconds, bool isAdmitted)
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Contacts = new ContactBehavior { OutlivesVanishedCustomer = TimeSpan.FromMinutes(10) },
        });
        var join = account.Start().Join!;
        account.Lose(account.Join(join));
        account.Advance(seconds);

        Assert.Equal(isAdmitted, account.Open(join).Socket is not null);
    }

    [Fact]
    public void A_wrong_token_is_refused_or_closed_as_the_settings_say()
    {
        var refusing = new EmulatedAccount();
        Assert.Equal(403, refusing.Open(refusing.Start().Join! with { JoinToken = "wrong" }).RefusalStatus);

        var closing = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Signaling = new SignalingBehavior { BadTokenAnswer = BadTokenAnswer.Close },
        });
        var admission = closing.Open(closing.Start().Join! with { JoinToken = "wrong" });
        var close = closing.All<ConnectEffect.CloseSocket>().Single();
        Assert.Equal((admission.Socket!.Value, 4401), (close.Socket, close.Code));
    }

    [Fact]
    public void A_token_does_not_open_another_meeting()
    {
        var account = new EmulatedAccount();
        var one = account.Start().Join!;
        var other = account.Start().Join!;

        Assert.Equal(403, account.Open(one with { MeetingId = other.MeetingId }).RefusalStatus);
    }

    [Fact]
    public void An_ended_meeting_closes_with_4410()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        account.Stop(contact.ContactId);
        account.Open(contact.Join!);

        Assert.Equal(4410, account.All<ConnectEffect.CloseSocket>().Single().Code);
    }

    [Theory]
    [InlineData(SignalingStage.Ping, typeof(PingPongFrame))]
    [InlineData(SignalingStage.Join, typeof(JoinAckFrame))]
    [InlineData(SignalingStage.Index, typeof(IndexFrame))]
    [InlineData(SignalingStage.Subscribe, typeof(SubscribeAckFrame))]
    [InlineData(SignalingStage.Leave, typeof(LeaveAckFrame))]
    public void Silence_can_be_injected_at_each_stage_and_is_over_after_the_given_times(
        SignalingStage stage, Type missing)
    {
        var account = new EmulatedAccount();
        account.Service.Faults.TryAdd(
            new SignalingFault { Stage = stage, Effect = SignalingFaultEffect.Silence, Times = 1 });

        var first = JoinPingLeave(account);
        var second = JoinPingLeave(account);

        Assert.DoesNotContain(account.Frames(first), missing.IsInstanceOfType);
        Assert.Contains(account.Frames(second), missing.IsInstanceOfType);
        Assert.Empty(account.Service.Faults.Signaling);
    }

    [Theory]
    [InlineData(SignalingStage.Upgrade)]
    [InlineData(SignalingStage.Join)]
    [InlineData(SignalingStage.Index)]
    [InlineData(SignalingStage.Subscribe)]
    public void A_close_can_be_injected_at_each_stage(SignalingStage stage)
    {
        var account = new EmulatedAccount();
        account.Service.Faults.TryAdd(
            new SignalingFault { Stage = stage, Effect = SignalingFaultEffect.Close, Times = 1 });
        account.Join(account.Start().Join!);

        Assert.Equal(4500, account.All<ConnectEffect.CloseSocket>().Single().Code);
        Assert.Empty(account.All<ConnectEffect.AnswerOffer>());
    }

    [Fact]
    public void The_upgrade_can_be_refused_after_some_were_let_through()
    {
        var account = new EmulatedAccount();
        var fault =
            new SignalingFault { Effect = SignalingFaultEffect.Refuse, Code = 503, Skip = 1, Times = 1 };
        account.Service.Faults.TryAdd(fault);
        var join = account.Start().Join!;

        Assert.NotNull(account.Open(join).Socket);
        Assert.Equal(503, account.Open(join).RefusalStatus);
        Assert.NotNull(account.Open(join).Socket);
    }

    [Theory]
    [InlineData(SignalingDisturbance.Close)]
    [InlineData(SignalingDisturbance.Abort)]
    [InlineData(SignalingDisturbance.AudioStatus)]
    public void An_established_connection_can_be_disturbed(SignalingDisturbance disturbance)
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        var socket = account.Join(contact.Join!);

        Assert.True(
            account.Do((s, now, outbox) => s.Disturb(contact.ContactId, disturbance, 4500, now, outbox)));
        var sockets = account.Effects.Select(each => each.Effect switch
        {
            ConnectEffect.CloseSocket { Code: 4500 } close => close.Socket,
            ConnectEffect.AbortSocket abort => abort.Socket,
            ConnectEffect.SendFrame { Frame: AudioStatusFrame { Status: 4500 } } send => send.Socket,
            _ => default,
        });
        Assert.Equal(socket, sockets.Single(each => each != default));
    }

    [Fact]
    public void Muting_is_told_to_the_others()
    {
        var account = new EmulatedAccount();
        var socket = account.Join(account.Start().Join!);
        account.Send(socket, new AudioControlFrame { IsMuted = true });

        var change = account.Frames(socket).OfType<AudioStreamIdInfoFrame>().Last().Streams.Single();
        Assert.Equal((null, true), (change.AttendeeId, change.IsMuted));
        Assert.True(account.Service.Contacts.Single().Attendees[0].IsMuted);
    }

    [Fact]
    public void Whatever_bytes_come_nothing_throws() =>
        Gen.Byte.Array.Sample(bytes =>
        {
            var account = new EmulatedAccount();
            var socket = account.Open(account.Start().Join!).Socket!.Value;
            account.Do((s, now, outbox) => s.Receive(socket, bytes, now, outbox));
        });

    [Fact]
    public void Whatever_frames_come_in_whatever_order_the_contact_ends_and_no_timer_is_left()
    {
        SignalFrame[] frames =
        [
            new JoinFrame(), new SubscribeFrame { SdpOffer = "v=0" }, new SubscribeFrame(), new LeaveFrame(),
            new PingPongFrame(false, 1), new AudioControlFrame { IsMuted = true }, new UnknownFrame(99),
        ];
        var steps = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 3000]).Array[0, 30];
        Gen.Select(steps, Gen.Enum<Displacement>()).Sample((script, displacement) =>
        {
            var account = new EmulatedAccount(With(displacement));
            var contact = account.Start();
            var sockets = new List<SocketId>();
            foreach (var (action, index, milliseconds) in script)
            {
                account.Advance(TimeSpan.FromMilliseconds(milliseconds));
                var socket = sockets.Count == 0 ? new SocketId(99) : sockets[index % sockets.Count];
                switch (action)
                {
                    case 7 when account.Open(contact.Join!).Socket is { } opened:
                        sockets.Add(opened);
                        break;
                    case 8:
                        account.Do((s, now, outbox) => s.SocketClosed(socket, "gone", now, outbox));
                        break;
                    case >= 8:
                        account.Do((s, now, outbox) => s.MediaLost(socket, now, outbox));
                        break;
                    case < 7:
                        account.Send(socket, frames[action]);
                        break;
                    default:
                        break;
                }
            }

            foreach (var socket in sockets)
            {
                account.Lose(socket);
            }

            account.Advance(seconds: 130);
            Assert.Equal(ContactState.Completed, account.Contact(contact.ContactId).State);
            Assert.Null(account.Service.Deadline);
            Assert.Equal(AgentState.Available, account.Service.Agents.All.Single().State);
        });
    }

    private static ConnectEmulatorSettings With(Displacement displacement) =>
        new() { Signaling = new SignalingBehavior { Displacement = displacement } };

    private static SocketId JoinPingLeave(EmulatedAccount account)
    {
        var socket = account.Open(account.Start().Join!).Socket!.Value;
        account.Send(socket, new PingPongFrame(false, 1));
        account.Send(socket, new JoinFrame());
        account.Send(socket, new SubscribeFrame { SdpOffer = "v=0\r\n" });
        account.Send(socket, new LeaveFrame());
        return socket;
    }
}
