using Farspan.Chime;

namespace Farspan.ConnectEmulator.Tests;

public sealed class AgentTests
{
    private readonly EmulatedAccount _account = new();

    [Fact]
    public void A_person_is_offered_a_contact_before_a_built_in_agent_and_joins_its_meeting()
    {
        var agent = LogIn();
        var contact = Queue();
        Assert.Equal(AgentState.Ringing, View(agent).State);
        Assert.Equal(contact.ContactId, View(agent).Contact!.ContactId);

        var join = Answer(agent).Value!;
        Assert.Equal(contact.Join!.MeetingId, join.MeetingId);
        Assert.Equal(ContactState.Queued, _account.Contact(contact.ContactId).State);

        _account.Join(join);
        Assert.Equal(ContactState.ConnectedToAgent, _account.Contact(contact.ContactId).State);
        Assert.Equal(AgentState.Talking, View(agent).State);
    }

    [Fact]
    public void An_agent_who_lets_it_ring_misses_the_contact_and_a_built_in_one_takes_it()
    {
        var agent = LogIn();
        var contact = Queue();
        _account.Advance(seconds: 19.999);
        Assert.Equal(AgentState.Ringing, View(agent).State);

        _account.Advance(seconds: 0.001);
        Assert.Equal(AgentState.Missed, View(agent).State);
        _account.Advance(seconds: 1);
        Assert.Equal(ContactState.ConnectedToAgent, _account.Contact(contact.ContactId).State);
    }

    [Fact]
    public void An_agent_who_rejects_is_offered_nothing_until_available_again()
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings { Agents = [] });
        var agent = account.Do((s, now, outbox) => s.Agents.LogIn("Ada", now, outbox)).Value!.AgentId;
        account.Join(account.Start().Join!);
        account.Advance(seconds: 1);
        account.Do((s, now, outbox) => s.Agents.Reject(agent, now, outbox));
        account.Advance(seconds: 60);
        Assert.Equal(AgentState.Missed, account.Service.Agents.Find(agent)!.State);

        account.Do((s, now, outbox) => s.Agents.MakeAvailable(agent, now, outbox));
        Assert.Equal(AgentState.Ringing, account.Service.Agents.Find(agent)!.State);
    }

    [Fact]
    public void An_agent_who_hangs_up_ends_the_contact_and_is_free_again()
    {
        var agent = LogIn();
        var contact = Queue();
        var socket = _account.Join(Answer(agent).Value!);
        _account.Do((s, now, outbox) => s.Agents.HangUp(agent, now, outbox));

        Assert.Equal(ContactEnd.AgentHungUp, _account.Contact(contact.ContactId).End);
        Assert.Equal(AgentState.Available, View(agent).State);
        Assert.Contains(_account.Frames(socket), frame => frame is AudioStatusFrame { Status: 410 or 411 });
        Assert.Single(_account.Frames(socket).OfType<AudioStatusFrame>());
    }

    [Fact]
    public void An_agent_whose_client_leaves_has_hung_up()
    {
        var agent = LogIn();
        var contact = Queue();
        _account.Send(_account.Join(Answer(agent).Value!), new LeaveFrame());

        Assert.Equal(ContactEnd.AgentHungUp, _account.Contact(contact.ContactId).End);
        Assert.Equal(AgentState.Available, View(agent).State);
    }

    [Fact]
    public void An_agent_who_answers_but_never_joins_loses_the_contact()
    {
        var agent = LogIn();
        var contact = Queue();
        Answer(agent);
        _account.Advance(seconds: 15);

        Assert.Equal(ContactEnd.AgentVanished, _account.Contact(contact.ContactId).End);
    }

    [Fact]
    public void A_customer_who_leaves_while_it_rings_frees_the_agent()
    {
        var agent = LogIn();
        var contact = Queue();
        _account.Stop(contact.ContactId);

        Assert.Equal(AgentState.Available, View(agent).State);
        Assert.Equal("ConflictException", Answer(agent).Error?.Type);
    }

    [Fact]
    public void An_agent_whose_page_is_gone_for_ten_seconds_is_logged_out()
    {
        var agent = LogIn();
        _account.Do((s, now, _) => s.Agents.SetPagePresence(agent, isThere: false, now));
        _account.Advance(seconds: 9);
        _account.Do((s, now, _) => s.Agents.SetPagePresence(agent, isThere: true, now));
        _account.Advance(seconds: 60);
        Assert.NotNull(_account.Service.Agents.Find(agent));

        _account.Do((s, now, _) => s.Agents.SetPagePresence(agent, isThere: false, now));
        _account.Advance(seconds: 10);
        Assert.Null(_account.Service.Agents.Find(agent));
    }

    [Fact]
    public void After_contact_work_keeps_the_agent_from_the_next_contact()
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Contacts = new ContactBehavior { AfterContactWork = TimeSpan.FromSeconds(30) },
        });
        var contact = account.Start();
        account.Join(contact.Join!);
        account.Advance(seconds: 5);
        account.Stop(contact.ContactId);
        Assert.Equal(AgentState.AfterContactWork, account.Service.Agents.All.Single().State);
        Assert.Equal(ContactState.Disconnected, account.Contact(contact.ContactId).State);

        account.Advance(seconds: 30);
        Assert.Equal(AgentState.Available, account.Service.Agents.All.Single().State);
        Assert.Equal(ContactState.Completed, account.Contact(contact.ContactId).State);
    }

    [Fact]
    public void New_settings_replace_the_built_in_agents_and_a_busy_one_finishes_first()
    {
        var contact = Queue();
        _account.Advance(seconds: 5);
        var settings =
            _account.Service.Settings with { Agents = [new() { Name = "new" }, new() { Name = "newer" }] };
        _account.Do((s, now, outbox) => s.Change(settings, now, outbox));
        Assert.Equal(3, _account.Service.Agents.All.Count);

        _account.Stop(contact.ContactId);
        Assert.Equal(["new", "newer"], _account.Service.Agents.All.Select(agent => agent.Name));
    }

    private string LogIn() =>
        _account.Do((s, now, outbox) => s.Agents.LogIn("Ada", now, outbox)).Value!.AgentId;

    private ApiReply<MeetingJoin> Answer(string agent) =>
        _account.Do((s, now, outbox) => s.Agents.Answer(agent, now, outbox));

    private AgentView View(string agent) => _account.Service.Agents.Find(agent)!;

    private StartedWebRtcContact Queue()
    {
        var contact = _account.Start();
        _account.Join(contact.Join!);
        _account.Advance(seconds: 1);
        return contact;
    }
}
