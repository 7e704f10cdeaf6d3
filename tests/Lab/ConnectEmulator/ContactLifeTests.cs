using Farspan.Chime;

namespace Farspan.ConnectEmulator.Tests;

public sealed class ContactLifeTests
{
    [Fact]
    public void A_contact_runs_through_its_flow_to_a_built_in_agent_and_ends_when_the_customer_leaves()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        var socket = account.Join(contact.Join!);
        account.Advance(seconds: 10);

        Assert.Equal(
            [ContactState.Initiated, ContactState.Queued, ContactState.ConnectedToAgent],
            account.States(contact.ContactId));
        Assert.Equal(
            [0.0, 1.0, 2.0],
            account.Contact(contact.ContactId).History.Select(
                e => (e.At - DateTimeOffset.UnixEpoch).TotalSeconds));

        account.Send(socket, new LeaveFrame());
        account.Advance(seconds: 1);
        Assert.Equal(
            [ContactState.Disconnected, ContactState.Completed], account.States(contact.ContactId)[3..]);
        Assert.Equal(ContactEnd.CustomerLeft, account.Contact(contact.ContactId).End);
        Assert.Contains(account.Frames(socket), frame => frame is LeaveAckFrame);
    }

    [Fact]
    public void The_prompt_the_music_and_the_agents_voice_follow_each_other()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        account.Join(contact.Join!);
        account.Advance(seconds: 10);
        account.Stop(contact.ContactId);

        var heard = account.Effects
            .Where(each => each.Effect is ConnectEffect.PlayCue or ConnectEffect.StopCue
                or ConnectEffect.AttachVoice or ConnectEffect.EndMeeting)
            .Select(each => (each.At.Milliseconds, each.Effect switch
            {
                ConnectEffect.PlayCue play => $"play {play.Cue.FrequencyHz}",
                ConnectEffect.AttachVoice attach => $"voice {attach.Voice.FrequencyHz}",
                _ => each.Effect.GetType().Name,
            }));

        Assert.Equal(
            [
                (0, "play 600"), (1000, "StopCue"), (1000, "play 350"),
                (2000, "voice 440"), (2000, "StopCue"), (10000, "EndMeeting"),
            ],
            heard);
    }

    [Fact]
    public void A_customer_who_never_comes_ends_the_contact_after_sixty_seconds()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();

        account.Advance(seconds: 59.999);
        Assert.Equal(ContactState.Initiated, account.Contact(contact.ContactId).State);

        account.Advance(seconds: 0.001);
        Assert.Equal(ContactEnd.CustomerMissing, account.Contact(contact.ContactId).End);
    }

    [Fact]
    public void A_vanished_customer_ends_the_contact_after_sixty_seconds()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        var socket = account.Join(contact.Join!);
        account.Advance(seconds: 5);
        account.Lose(socket);

        account.Advance(seconds: 59.999);
        Assert.Equal(ContactState.ConnectedToAgent, account.Contact(contact.ContactId).State);

        account.Advance(seconds: 0.001);
        Assert.Equal(ContactEnd.CustomerVanished, account.Contact(contact.ContactId).End);
    }

    [Fact]
    public void A_vanished_customer_who_comes_back_keeps_the_contact()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        var socket = account.Join(contact.Join!);
        account.Advance(seconds: 5);
        account.Lose(socket);
        account.Advance(seconds: 59);
        account.Join(contact.Join!);
        account.Advance(seconds: 600);

        Assert.Equal(ContactState.ConnectedToAgent, account.Contact(contact.ContactId).State);
        Assert.Equal(2, account.Contact(contact.ContactId).Attendees[0].Joins);
    }

    [Fact]
    public void Media_outlives_a_closed_signalling_connection()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        var socket = account.Join(contact.Join!);
        account.Do((s, now, outbox) => s.SocketClosed(socket, "1006", now, outbox));
        account.Advance(seconds: 600);

        Assert.Equal(ContactState.ConnectedToAgent, account.Contact(contact.ContactId).State);
        Assert.Empty(account.All<ConnectEffect.RemoveMedia>());
    }

    [Fact]
    public void A_leaving_customer_is_outlived_as_long_as_the_settings_say()
    {
        var settings = new ConnectEmulatorSettings
        {
            Contacts = new ContactBehavior { OutlivesLeavingCustomer = TimeSpan.FromSeconds(30) },
        };
        var account = new EmulatedAccount(settings);
        var contact = account.Start();
        account.Send(account.Join(contact.Join!), new LeaveFrame());

        account.Advance(seconds: 29);
        Assert.Null(account.Contact(contact.ContactId).End);

        account.Advance(seconds: 1);
        Assert.Equal(ContactEnd.CustomerLeft, account.Contact(contact.ContactId).End);
    }

    [Fact]
    public void StopContact_tells_the_client_410_and_closes_if_it_does_not_leave()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        var socket = account.Join(contact.Join!);
        account.Stop(contact.ContactId);

        Assert.Equal(410u, account.Frames(socket).OfType<AudioStatusFrame>().Single().Status);
        Assert.Empty(account.All<ConnectEffect.CloseSocket>());

        account.Advance(seconds: 2);
        Assert.Equal(4410, account.All<ConnectEffect.CloseSocket>().Single().Code);
        Assert.Equal(ContactEnd.Stopped, account.Contact(contact.ContactId).End);
    }

    [Fact]
    public void A_stopped_contact_is_not_found_a_second_time()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();

        Assert.Null(account.Stop(contact.ContactId).Error);
        Assert.Equal("ContactNotFoundException", account.Stop(contact.ContactId).Error?.Type);
    }

    [Fact]
    public void A_talkative_agent_who_hangs_up_ends_the_contact()
    {
        var settings = new ConnectEmulatorSettings
        {
            Agents = [new BuiltInAgentSettings { TalksFor = TimeSpan.FromSeconds(3) }],
        };
        var account = new EmulatedAccount(settings);
        var contact = account.Start();
        var socket = account.Join(contact.Join!);
        account.Advance(seconds: 4.999);
        Assert.Null(account.Contact(contact.ContactId).End);

        account.Advance(seconds: 0.001);
        Assert.Equal(ContactEnd.AgentHungUp, account.Contact(contact.ContactId).End);
        Assert.Equal(410u, account.Frames(socket).OfType<AudioStatusFrame>().Single().Status);
    }

    [Fact]
    public void Contacts_wait_in_order_while_every_agent_is_busy()
    {
        var account = new EmulatedAccount();
        string[] contacts = [.. Enumerable.Range(0, 3).Select(_ => account.Start()).Select(started =>
        {
            account.Join(started.Join!);
            return started.ContactId;
        })];
        account.Advance(seconds: 10);
        Assert.Equal(
            [ContactState.ConnectedToAgent, ContactState.Queued, ContactState.Queued],
            contacts.Select(id => account.Contact(id).State));

        account.Stop(contacts[0]);
        account.Advance(seconds: 10);
        Assert.Equal(
            [ContactState.Completed, ContactState.ConnectedToAgent, ContactState.Queued],
            contacts.Select(id => account.Contact(id).State));
    }

    [Fact]
    public void A_queue_that_took_too_long_goes_on_without_an_agent()
    {
        var queue = new QueueBlock("q", new AudioCue()) { MaxWait = TimeSpan.FromSeconds(5) };
        var settings = new ConnectEmulatorSettings
        {
            Agents = [],
            Flows = [new ContactFlow("f", [queue, new JoinAgentBlock(), new EndBlock()])],
        };
        var account = new EmulatedAccount(settings);
        var contact = account.Start("f");
        account.Join(contact.Join!);
        account.Advance(seconds: 5);

        Assert.Equal(ContactEnd.FlowEnded, account.Contact(contact.ContactId).End);
    }

    [Fact]
    public void Whom_the_built_in_agent_heard_is_shown_and_a_stranger_is_counted_apart()
    {
        var account = new EmulatedAccount();
        var contact = account.Start();
        account.Join(contact.Join!);
        account.Advance(seconds: 10);
        Assert.Null(account.Contact(contact.ContactId).Heard);

        Hear(code: 7, delayMs: 40, gapMs: 20);
        account.Advance(seconds: 1);
        Hear(code: 8, delayMs: 90, gapMs: 20);
        Hear(code: 7, delayMs: 50, gapMs: 300);

        var heard = account.Contact(contact.ContactId).Heard!;
        Assert.Equal((7, 50.0, 2, 1, 300.0),
            (heard.Code, heard.DelayMs, heard.Times, heard.Strangers, heard.LongestGapMs));
        Assert.Equal(10, (heard.FirstHeardAt - DateTimeOffset.UnixEpoch).TotalSeconds);
        Assert.Equal(["7", "8"], account.All<ConnectEffect.Report>().Select(report => report.Event)
            .Where(happened => happened.Kind == ConnectEventKind.CallerHeard).Select(each => each.Value!));

        void Hear(int code, double delayMs, double gapMs) => account.Do((service, now, outbox) =>
            service.Heard(
                contact.Join!.MeetingId,
                new VoiceHearing(
                    "agent", code, TimeSpan.FromMilliseconds(delayMs), TimeSpan.FromMilliseconds(gapMs)),
                now,
                outbox));
    }

    [Fact]
    public void What_is_heard_in_an_unknown_meeting_is_nobodys()
    {
        var account = new EmulatedAccount();

        account.Do((service, now, outbox) => service.Heard(
            "none", new VoiceHearing("agent", 1, TimeSpan.Zero, TimeSpan.Zero), now, outbox));

        Assert.DoesNotContain(
            account.All<ConnectEffect.Report>(), report => report.Event.Kind == ConnectEventKind.CallerHeard);
    }
}
