using Farspan.Kernel;

namespace Farspan.Stun.Tests;

public sealed class StunRetransmissionTests
{
    [Fact] // RFC 8489 §6.2.1: 0, 500, 1500, 3500, 7500, 15500, 31500 ms; failed at 39500 ms.
    public void Silence_repeats_the_request_seven_times_then_times_out()
    {
        var client = new StunBindingClient(StunTimings.Default, isReliable: false, new RandomSource(1));
        var outbox = new Outbox<StunBindingEffect>();
        var sent = new List<long>();
        client.Start(Instant.Zero, outbox);
        var now = Instant.Zero;
        while (outbox.Drain() is [StunBindingEffect.Transmit])
        {
            sent.Add(now.Milliseconds);
            now = client.Deadline!.Value;
            client.Expire(now, outbox);
            if (client.Deadline is null)
            {
                break;
            }
        }

        Assert.Equal([0, 500, 1500, 3500, 7500, 15500, 31500], sent);
        Assert.Equal(39500, now.Milliseconds);
        Assert.Equal([new StunBindingEffect.Failed(StunBindingFailure.TimedOut)], outbox.Drain());
    }

    [Fact] // RFC 8489 §6.2.2
    public void Over_a_reliable_transport_the_request_is_sent_once()
    {
        var client = new StunBindingClient(StunTimings.Default, isReliable: true, new RandomSource(1));
        var outbox = new Outbox<StunBindingEffect>();
        client.Start(Instant.Zero, outbox);
        Assert.Single(outbox.Drain());

        Assert.Equal(39500, client.Deadline!.Value.Milliseconds);
        client.Expire(client.Deadline.Value, outbox);
        Assert.Equal([new StunBindingEffect.Failed(StunBindingFailure.TimedOut)], outbox.Drain());
    }

    [Fact]
    public void The_response_gives_the_mapped_address_once()
    {
        var client = new StunBindingClient(StunTimings.Default, isReliable: false, new RandomSource(1));
        var outbox = new Outbox<StunBindingEffect>();
        client.Start(Instant.Zero, outbox);
        var request = Assert.IsType<StunBindingEffect.Transmit>(Assert.Single(outbox.Drain())).Bytes.Span;
        Assert.True(StunMessageView.TryDecode(request, out var view, out _));
        var mapped = TransportAddress.FromIPv4(0xC6336401, 4000);

        client.Receive(Respond(new StunTransactionId(9, 9), mapped), outbox);
        Assert.Equal(0, outbox.Count);
        client.Receive(Respond(view.TransactionId, mapped), outbox);
        client.Receive(Respond(view.TransactionId, mapped), outbox);

        Assert.Equal([new StunBindingEffect.Mapped(mapped)], outbox.Drain());
        Assert.Null(client.Deadline);
    }

    private static byte[] Respond(StunTransactionId id, TransportAddress mapped)
    {
        var bytes = new byte[100];
        var writer = new StunWriter(bytes, StunClass.Success, StunMethod.Binding, id);
        writer.WriteAddress(StunAttribute.XorMappedAddress, mapped);
        Assert.True(writer.TryFinish(out var length));
        return bytes[..length];
    }
}
