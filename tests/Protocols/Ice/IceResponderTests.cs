using CsCheck;
using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice.Tests;

/// <summary>What an agent answers to whom (RFC 8445 §7.3, RFC 8489 §9.1.3), seen from outside.</summary>
public sealed class IceResponderTests
{
    private const string OurPassword = "0123456789abcdef0123456789abcdef";

    private static readonly TransportAddress Stranger = IceWorld.Address("203.0.113.66:1234");
    private static readonly StunTransactionId Id = new(5, 6);

    private readonly Outbox<IceEffect> _outbox = new();
    private readonly IceAgent _agent = Create();

    private delegate void Fill(ref StunWriter writer);

    [Fact]
    public void A_good_check_is_answered_with_its_source_signed_with_our_password()
    {
        var answer = Ask(OurPassword, (ref StunWriter writer) =>
        {
            writer.WriteText(StunAttribute.Username, "ours:theirs");
            writer.WriteUInt32(StunAttribute.Priority, 1);
        });

        Assert.True(StunMessageView.TryDecode(answer, out var message, out _));
        Assert.Equal((StunClass.Success, Id), (message.Class, message.TransactionId));
        Assert.True(message.TryGetAddress(StunAttribute.XorMappedAddress, out var mapped));
        Assert.Equal(Stranger, mapped);
        Assert.True(message.VerifyIntegrity(StunCredentialKey.ShortTerm(OurPassword)));
        Assert.True(message.VerifyFingerprint());
    }

    [Theory]
    [InlineData("ours:theirs", "wrong", StunErrorCode.Unauthenticated)]
    [InlineData("other:theirs", OurPassword, StunErrorCode.Unauthenticated)]
    [InlineData("ours", OurPassword, StunErrorCode.Unauthenticated)]
    [InlineData(null, OurPassword, StunErrorCode.BadRequest)]
    [InlineData("ours:theirs", null, StunErrorCode.BadRequest)]
    public void Who_cannot_prove_to_know_us_gets_an_unsigned_error(
        string? username, string? password, StunErrorCode expected)
    {
        var answer = Ask(password, (ref StunWriter writer) =>
        {
            writer.WriteUInt32(StunAttribute.Priority, 1);
            if (username is not null)
            {
                writer.WriteText(StunAttribute.Username, username);
            }
        });

        Assert.True(StunMessageView.TryDecode(answer, out var message, out _));
        Assert.True(message.TryGetErrorCode(out var code));
        Assert.Equal((StunClass.Error, expected), (message.Class, code));
        Assert.False(message.HasIntegrity);
    }

    [Fact] // RFC 8489 §6.3.1
    public void An_attribute_that_we_must_understand_and_do_not_gives_420_and_its_name()
    {
        var answer = Ask(OurPassword, (ref StunWriter writer) =>
        {
            writer.WriteText(StunAttribute.Username, "ours:theirs");
            writer.WriteUInt32(StunAttribute.Priority, 1);
            writer.WriteFlag((StunAttribute)0x7777);
        });

        Assert.True(StunMessageView.TryDecode(answer, out var message, out _));
        Assert.True(message.TryGetErrorCode(out var code));
        Assert.Equal(StunErrorCode.UnknownAttribute, code);
        Assert.True(message.TryGet(StunAttribute.UnknownAttributes, out var names));
        Assert.Equal("7777", Convert.ToHexString(names));
        Assert.True(message.VerifyIntegrity(StunCredentialKey.ShortTerm(OurPassword)));
    }

    [Theory] // RFC 8445 §7.3.1.1: the larger tie-breaker controls; equal ones: the answer is 487.
    [InlineData(IceRole.Controlling, 0UL, true)]
    [InlineData(IceRole.Controlling, ulong.MaxValue, false)]
    [InlineData(IceRole.Controlled, 0UL, false)]
    [InlineData(IceRole.Controlled, ulong.MaxValue, true)]
    public void A_conflict_of_roles_is_refused_or_switches_ours(IceRole role, ulong theirs, bool isRefused)
    {
        var agent = Create(role);
        var claim = role == IceRole.Controlling ? StunAttribute.IceControlling : StunAttribute.IceControlled;
        var answer = Ask(agent, OurPassword, (ref StunWriter writer) =>
        {
            writer.WriteText(StunAttribute.Username, "ours:theirs");
            writer.WriteUInt32(StunAttribute.Priority, 1);
            writer.WriteUInt64(claim, theirs);
        });

        Assert.True(StunMessageView.TryDecode(answer, out var message, out _));
        Assert.Equal(isRefused, message.TryGetErrorCode(out var code) && code == StunErrorCode.RoleConflict);
        Assert.Equal(isRefused, agent.Role == role);
    }

    [Fact]
    public void A_message_with_a_wrong_fingerprint_is_not_for_us()
    {
        var bytes = new byte[100];
        var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id);
        writer.WriteFingerprint();
        Assert.True(writer.TryFinish(out var length));
        bytes[length - 1] ^= 1;
        _agent.Receive(1, Stranger, bytes.AsSpan(0, length), Instant.Zero, _outbox);

        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public void On_a_base_that_is_not_ours_nothing_is_answered()
    {
        var bytes = new byte[20];
        Assert.True(new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id).TryFinish(out _));
        _agent.Receive(7, Stranger, bytes, Instant.Zero, _outbox);

        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public void An_answer_is_never_larger_than_twice_the_question()
    {
        var bytes = new byte[20];
        Assert.True(new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id).TryFinish(out _));
        _agent.Receive(1, Stranger, bytes, Instant.Zero, _outbox);

        Assert.InRange(Assert.IsType<IceEffect.Transmit>(_outbox[0]).Bytes.Length, 20, 60);
    }

    [Fact]
    public void Authentic_checks_from_everywhere_fill_no_more_than_the_limits()
    {
        var agent = Create();
        var outbox = new Outbox<IceEffect>();
        Assert.True(IceCredentials.TryCreate("theirs", OurPassword, out var theirs));
        for (var i = 0; i < 2000; i++)
        {
            if (i == 1000)
            {
                agent.Start(new IceRemoteDescription(theirs, []), Instant.Zero, outbox);
            }

            var request = Write(OurPassword, (ref StunWriter writer) =>
            {
                writer.WriteText(StunAttribute.Username, "ours:theirs");
                writer.WriteUInt32(StunAttribute.Priority, 1);
            });
            agent.Receive(1, TransportAddress.FromIPv4((uint)(i + 1), 9), request, Instant.Zero, outbox);
        }

        outbox.Clear();
        for (var now = Instant.Zero; now <= Instant.FromMilliseconds(29_000); now = agent.Deadline!.Value)
        {
            agent.Expire(now, outbox);
        }

        var sent = outbox.Drain().OfType<IceEffect.Transmit>();
        var remotes = sent.Select(transmit => transmit.Remote).Distinct();
        Assert.InRange(remotes.Count(), 1, IceLimits.MaxRemoteCandidates);
    }

    [Fact]
    public void Any_bytes_at_any_time_are_taken_without_exception() =>
        Gen.Select(Gen.Byte.Array[0, 120], Gen.Int[0, 3]).Sample((bytes, moment) =>
        {
            var world = new IceWorld(1);
            var first = world.AddNode(IceRole.Controlling).AddHost(1, "192.0.2.1:5000");
            var second = world.AddNode(IceRole.Controlled).AddHost(1, "192.0.2.2:5000");
            first.Start(second.Description);
            second.Start(first.Description);
            world.Run(moment * 0.02);
            first.Receive(1, Stranger, bytes);
        }, iter: 2000);

    [Fact]
    public void Any_message_of_a_conversation_may_be_mutilated_without_exception()
    {
        var conversation = RecordConversation();
        Gen.Select(Gen.Int[0, conversation.Count - 1], Gen.Int[0, 107], Gen.Byte, Gen.Int[0, 3]).Sample(
            (index, at, value, moment) =>
            {
                var bytes = conversation[index].ToArray();
                bytes[at % bytes.Length] = value;
                var world = new IceWorld(1);
                var first = world.AddNode(IceRole.Controlling).AddHost(1, "192.0.2.1:5000");
                var second = world.AddNode(IceRole.Controlled).AddHost(1, "192.0.2.2:5000");
                first.Start(second.Description);
                second.Start(first.Description);
                world.Run(moment * 0.02);
                first.Receive(1, IceWorld.Address("192.0.2.2:5000"), bytes);
                world.Run(2);
                Assert.Equal(IceState.Completed, first.Agent.State);
            },
            iter: 2000);
    }

    private static List<byte[]> RecordConversation()
    {
        var world = new IceWorld(1);
        var first = world.AddNode(IceRole.Controlling).AddHost(1, "192.0.2.1:5000");
        var second = world.AddNode(IceRole.Controlled).AddHost(1, "192.0.2.2:5000");
        first.Start(second.Description);
        second.Start(first.Description);
        world.Run(10);
        return [.. second.Sent.Select(sent => sent.Bytes)];
    }

    private static IceAgent Create(IceRole role = IceRole.Controlled)
    {
        Assert.True(IceCredentials.TryCreate("ours", OurPassword, out var credentials));
        var agent = new IceAgent(role, credentials, IceSettings.Default, new RandomSource(1));
        agent.AddLocal(IceLocalCandidate.Host(1, IceWorld.Address("192.0.2.1:5000")));
        return agent;
    }

    private byte[] Ask(string? password, Fill fill) => Ask(_agent, password, fill);

    private byte[] Ask(IceAgent agent, string? password, Fill fill)
    {
        agent.Receive(1, Stranger, Write(password, fill), Instant.Zero, _outbox);
        var transmit = Assert.IsType<IceEffect.Transmit>(Assert.Single(_outbox.Drain()));
        Assert.Equal((1, Stranger), (transmit.BaseId, transmit.Remote));
        return transmit.Bytes.ToArray();
    }

    private static byte[] Write(string? password, Fill fill)
    {
        var bytes = new byte[300];
        var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id);
        fill(ref writer);
        if (password is not null)
        {
            writer.WriteIntegrity(StunCredentialKey.ShortTerm(password));
        }

        writer.WriteFingerprint();
        Assert.True(writer.TryFinish(out var length));
        return bytes[..length];
    }
}
