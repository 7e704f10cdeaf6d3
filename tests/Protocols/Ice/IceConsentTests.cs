using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice.Tests;

/// <summary>What happens to a pair after it was found (RFC 7675, RFC 8445 §9).</summary>
public sealed class IceConsentTests
{
    private readonly IceWorld _world = new(2);
    private readonly IceNode _first;
    private readonly IceNode _second;

    public IceConsentTests()
    {
        _first = _world.AddNode(IceRole.Controlling).AddHost(1, "192.0.2.1:5000");
        _second = _world.AddNode(IceRole.Controlled).AddHost(1, "192.0.2.2:5000");
        _first.Start(_second.Description);
        _second.Start(_first.Description);
        _world.Run(1);
        _first.Sent.Clear();
        _second.Sent.Clear();
    }

    [Fact] // RFC 7675 §5.1: 5 s, randomised to 0.8 to 1.2.
    public void Consent_is_asked_for_every_four_to_six_seconds_and_never_repeated()
    {
        _world.Run(600);

        var requests = _first.Sent.Where(sent => ClassOf(sent.Bytes) == StunClass.Request).ToArray();
        var pairs = requests.Zip(requests.Skip(1));
        var gaps = pairs.Select(pair => (pair.Second.At - pair.First.At).TotalSeconds).ToArray();
        Assert.All(gaps, gap => Assert.InRange(gap, 4.0, 6.0));
        Assert.True(gaps.Max() - gaps.Min() > 1, "the interval is not randomised");
        Assert.Equal(
            requests.Length, requests.Select(sent => Convert.ToHexString(sent.Bytes)).Distinct().Count());
        Assert.Equal(IceState.Completed, _first.Agent.State);
    }

    [Fact]
    public void Consent_is_lost_thirty_seconds_after_the_last_answer_and_not_a_tick_before()
    {
        _world.Run(10);
        _world.IsCut = (_, _) => true;
        var lastAnswer = LastAnswerTo(_first);
        _world.RunUntil(lastAnswer + TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.True(_first.Agent.TrySelect(out _, out _));
        _world.RunUntil(lastAnswer + TimeSpan.FromSeconds(30));

        Assert.Equal(lastAnswer + TimeSpan.FromSeconds(30), _first.MomentOf<IceEffect.ConsentLost>());
        Assert.Equal(IceState.Disconnected, _first.Agent.State);
        Assert.False(_first.Agent.TrySelect(out _, out _));
    }

    [Fact]
    public void After_the_loss_nothing_is_sent_and_nothing_answered()
    {
        _world.IsCut = (_, _) => true;
        _world.Run(40);
        _world.IsCut = (_, _) => false;
        var sent = (_first.Sent.Count, _second.Sent.Count);
        _world.Run(100);

        Assert.Equal(sent, (_first.Sent.Count, _second.Sent.Count));
        Assert.Null(_first.Agent.Deadline);
        Assert.NotNull(_first.MomentOf<IceEffect.ConsentLost>());
        Assert.NotNull(_second.MomentOf<IceEffect.ConsentLost>());
    }

    [Fact] // 30 s less the longest wait for the check before the cut (6 s) and after it (6 s).
    public void A_cut_of_less_than_eighteen_seconds_is_always_survived()
    {
        for (var i = 0; i < 100; i++)
        {
            _world.IsCut = (_, _) => true;
            _world.Run(17.9);
            _world.IsCut = (_, _) => false;
            _world.Run(10);
        }

        Assert.Equal(IceState.Completed, _first.Agent.State);
        Assert.Equal(IceState.Completed, _second.Agent.State);
    }

    [Fact]
    public void A_cut_of_one_direction_ends_the_consent_of_both()
    {
        _world.IsCut = (from, _) => from.ToString() == "192.0.2.1:5000";
        _world.Run(40);

        Assert.NotNull(_first.MomentOf<IceEffect.ConsentLost>());
        Assert.NotNull(_second.MomentOf<IceEffect.ConsentLost>());
    }

    [Fact] // RFC 7675 §5.1: an answer from someone who does not know the password is none.
    public void A_forged_answer_keeps_no_consent()
    {
        _world.IsCut = (_, _) => true;
        for (var second = 0; second < 60; second++)
        {
            _world.Run(1);
            if (_first.Sent is [.., var last] && ClassOf(last.Bytes) == StunClass.Request)
            {
                _first.Receive(1, last.Remote, Forge(last.Bytes));
            }
        }

        Assert.NotNull(_first.MomentOf<IceEffect.ConsentLost>());
    }

    [Fact] // RFC 8445 §9
    public void A_restart_of_one_side_and_then_the_other_connects_again()
    {
        _first.Restart(IceRole.Controlling);
        _world.Run(7); // The second still asks for consent with the old password: 401, and that is no answer.
        Assert.Equal(IceState.Completed, _second.Agent.State);
        _second.Restart(IceRole.Controlled);
        _second.Start(_first.Description);
        _first.Start(_second.Description);
        _world.Run(2);

        Assert.Equal(IceState.Completed, _first.Agent.State);
        Assert.Equal(IceState.Completed, _second.Agent.State);
    }

    [Fact]
    public void A_restart_without_the_other_side_ends_its_consent()
    {
        _first.Restart(IceRole.Controlling);
        _world.Run(40);

        Assert.Equal(IceState.Disconnected, _second.Agent.State);
    }

    [Theory] // The NAT forgets its mapping: the open side is asked from a new address.
    [InlineData(IceRole.Controlling, IceRole.Controlled)]
    [InlineData(IceRole.Controlled, IceRole.Controlling)]
    public void A_peer_whose_address_changes_is_followed(IceRole nattedRole, IceRole openRole)
    {
        var world = new IceWorld(3);
        var natted = world.AddNode(nattedRole).AddNatted(1, "10.0.0.5:5000", "198.51.100.7:40000");
        var open = world.AddNode(openRole).AddHost(1, "203.0.113.1:6000");
        open.Start(natted.Description);
        natted.Start(open.Description);
        world.Run(5);
        Assert.Equal(IceState.Completed, open.Agent.State);

        world.IsCut = (from, to) => from.Port == 40000 || to.Port == 40000;
        natted.Remap(1, "198.51.100.7:41000");
        world.Run(25);

        Assert.Equal("198.51.100.7:41000", open.Agent.Selection!.Value.Remote.ToString());
        world.Run(200);
        Assert.Null(open.MomentOf<IceEffect.ConsentLost>());
        Assert.Null(natted.MomentOf<IceEffect.ConsentLost>());
        Assert.Equal("198.51.100.7:41000", open.Agent.Selection!.Value.Remote.ToString());
    }

    [Fact]
    public void One_consent_check_costs_less_than_a_kilobyte_on_both_sides_and_reading_the_path_nothing()
    {
        var outbox = new Outbox<IceEffect>();
        var now = Round(_world.Now, outbox);
        var before = GC.GetAllocatedBytesForCurrentThread();
        const int rounds = 100;
        for (var i = 0; i < rounds; i++)
        {
            now = Round(now, outbox);
        }

        var perRound = (GC.GetAllocatedBytesForCurrentThread() - before) / rounds;
        Assert.InRange(perRound, 1, 1024);

        before = GC.GetAllocatedBytesForCurrentThread();
        var isThere = true;
        for (var i = 0; i < 1000; i++)
        {
            isThere &= _first.Agent.TrySelect(out _, out _);
        }

        Assert.True(isThere);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>One check of the first and its answer, without the world around them.</summary>
    private Instant Round(Instant now, Outbox<IceEffect> outbox)
    {
        now = _first.Agent.Deadline!.Value;
        _first.Agent.Expire(now, outbox);
        var request = ((IceEffect.Transmit)outbox[0]).Bytes;
        outbox.Clear();
        _second.Agent.Receive(1, IceWorld.Address("192.0.2.1:5000"), request.Span, now, outbox);
        var answer = ((IceEffect.Transmit)outbox[0]).Bytes;
        outbox.Clear();
        _first.Agent.Receive(1, IceWorld.Address("192.0.2.2:5000"), answer.Span, now, outbox);
        return now;
    }

    private static StunClass ClassOf(byte[] bytes) =>
        StunMessageView.TryDecode(bytes, out var message, out _)
            ? message.Class
            : throw new InvalidOperationException();

    private static byte[] Forge(byte[] request)
    {
        Assert.True(StunMessageView.TryDecode(request, out var view, out _));
        var bytes = new byte[200];
        var writer = new StunWriter(bytes, StunClass.Success, StunMethod.Binding, view.TransactionId);
        writer.WriteAddress(StunAttribute.XorMappedAddress, IceWorld.Address("192.0.2.1:5000"));
        writer.WriteIntegrity("not the password"u8);
        writer.WriteFingerprint();
        Assert.True(writer.TryFinish(out var length));
        return bytes[..length];
    }

    /// <summary>
    /// The answer that comes to a node at last: its last request that was answered, plus the round trip.
    /// </summary>
    private Instant LastAnswerTo(IceNode node)
    {
        var last = node.Sent.Last(sent => ClassOf(sent.Bytes) == StunClass.Request);
        return last.At + (2 * _world.Delay);
    }
}
