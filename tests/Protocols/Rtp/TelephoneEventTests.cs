using CsCheck;
using Farspan.Kernel;

namespace Farspan.Rtp.Tests;

public sealed class TelephoneEventTests
{
    private readonly Outbox<TelephoneEventNotice> _outbox = new();

    [Fact]
    public void ThePayload_HasTheLayoutOfTheRfc()
    {
        var payload = new byte[4];
        new TelephoneEvent(11, IsEnd: true, VolumeAttenuationDb: 10, Duration: 1600).Encode(payload);

        Assert.Equal(RtpPacketTests.Hex("0B8A0640"), payload);
        Assert.True(TelephoneEvent.TryDecode(payload, out var decoded));
        Assert.Equal(new TelephoneEvent(11, true, 10, 1600), decoded);
        Assert.False(TelephoneEvent.TryDecode(payload.AsSpan(0, 3), out _));
    }

    [Fact]
    public void EveryKey_HasItsCode()
    {
        const string keys = "0123456789*#ABCD";
        for (byte code = 0; code < keys.Length; code++)
        {
            Assert.True(DtmfDigit.TryGetCode(keys[code], out var found) && found == code);
            Assert.True(DtmfDigit.TryGetDigit(code, out var digit) && digit == keys[code]);
        }

        Assert.True(DtmfDigit.TryGetCode('d', out var lower) && lower == 15);
        Assert.False(DtmfDigit.TryGetCode('E', out _));
        Assert.False(DtmfDigit.TryGetDigit(16, out _));
    }

    [Fact]
    public void ADigit_IsSentAsUpdatesAndThreeEnds()
    {
        var sent = SendAll("5", clockRateHz: 8000, packetMilliseconds: 20, digitMilliseconds: 100);

        Assert.Equal([160, 320, 480, 640, 800, 800, 800], sent.Select(packet => (int)packet.Event.Duration));
        Assert.Equal(
            [false, false, false, false, true, true, true], sent.Select(packet => packet.Event.IsEnd));
        Assert.Equal(
            [true, false, false, false, false, false, false], sent.Select(packet => packet.Header.Marker));
        Assert.Single(sent.Select(packet => packet.Header.Timestamp).Distinct());
    }

    [Theory]
    [InlineData(8000, 20)]
    [InlineData(48000, 20)]
    [InlineData(8000, 50)]
    public void WhatTheSenderMakes_TheReceiverUnderstands(int clockRateHz, int packetMilliseconds)
    {
        var receiver = new TelephoneEventReceiver(clockRateHz);
        foreach (var packet in SendAll("911*#A", clockRateHz, packetMilliseconds, digitMilliseconds: 100))
        {
            Deliver(receiver, packet);
        }

        var notices = _outbox.Drain();
        Assert.Equal([9, 1, 1, 10, 11, 12], Started(notices));
        Assert.Equal(12, notices.Length);
        Assert.All(notices.Where(notice => notice.Kind == TelephoneEventNoticeKind.Ended),
            notice => Assert.Equal(100, notice.Duration.TotalMilliseconds));
    }

    // RFC 4733 §2.5.1.3: at 48 kHz an event outgrows its duration field after 1.37 s.
    [Fact]
    public void ALongEvent_GoesOnInSegments_AndIsStillOne()
    {
        var sent = SendAll("7", clockRateHz: 48000, packetMilliseconds: 20, digitMilliseconds: 5000);
        var receiver = new TelephoneEventReceiver(48000);
        sent.ForEach(packet => Deliver(receiver, packet));

        Assert.Equal(4, sent.Select(packet => packet.Header.Timestamp).Distinct().Count());
        Assert.Equal(
            [
                new TelephoneEventNotice(TelephoneEventNoticeKind.Started, 7, TimeSpan.Zero),
                new TelephoneEventNotice(TelephoneEventNoticeKind.Ended, 7, TimeSpan.FromSeconds(5)),
            ],
            _outbox.Drain());
    }

    [Fact]
    public void WhateverIsLostDoubledOrReordered_EachDigitStartsAndEndsOnce()
    {
        const string digits = "1234567890*#1122";
        var packets = SendAll(digits, 8000, 20, 80);
        var perDigit = packets.Count / digits.Length;
        var count = packets.Count;
        Gen.Int[0, 3].Array[count].Select(Gen.Int[-2, 2].Array[count]).Sample((copies, shifts) =>
        {
            var outbox = new Outbox<TelephoneEventNotice>();
            var receiver = new TelephoneEventReceiver(8000);
            var arrivals = packets
                .Select((packet, i) => (packet, Order: i + Shift(i, shifts), Copies: Copies(i, copies)))
                .SelectMany(entry => Enumerable.Repeat(entry, entry.Copies))
                .OrderBy(entry => entry.Order);
            foreach (var (packet, _, _) in arrivals)
            {
                receiver.Expire(packet.Sent, outbox);
                receiver.Receive(packet.Header, packet.Payload, packet.Sent, outbox);
            }

            receiver.Expire(Instant.Never, outbox);
            var notices = outbox.Drain();
            return Started(notices).SequenceEqual(digits.Select(CodeOf))
                && notices.Length == 2 * digits.Length;
        });

        // The fourth packet of each digit always arrives; those in the middle change places.
        int Copies(int i, int[] copies) => i % perDigit == 3 ? Math.Max(1, copies[i]) : copies[i];
        int Shift(int i, int[] shifts) => i % perDigit is >= 2 and <= 4 ? shifts[i] : 0;
    }

    [Fact]
    public void AnEventWhoseEndIsLost_EndsAfterTheTimeout()
    {
        var receiver = new TelephoneEventReceiver(8000);
        var packets = SendAll("3", 8000, 20, 100);
        Deliver(receiver, packets[0]);
        Deliver(receiver, packets[1]);

        var deadline = packets[1].Sent + TelephoneEventReceiver.UpdateTimeout;
        Assert.Equal(deadline, receiver.Deadline);
        receiver.Expire(deadline, _outbox);
        Assert.Null(receiver.Deadline);
        Deliver(receiver, packets[4]);

        var notices = _outbox.Drain();
        Assert.Equal(2, notices.Length);
        Assert.Equal(40, notices[1].Duration.TotalMilliseconds);
    }

    [Fact]
    public void AnotherSource_EndsTheEventOfTheFirst()
    {
        var receiver = new TelephoneEventReceiver(8000);
        var packet = SendAll("3", 8000, 20, 100)[0];
        Deliver(receiver, packet);
        Deliver(receiver, packet with { Header = packet.Header with { Ssrc = 2, SequenceNumber = 0 } });

        Assert.Equal([3, 3], Started(_outbox.Drain()));
    }

    [Fact]
    public void ArbitraryPayloads_NeverThrow_AndNoticesAlternate() =>
        Gen.Select(Gen.UShort, Gen.UInt[0, 5], Gen.Byte.Array[0, 6]).Array[0, 60].Sample(packets =>
        {
            var receiver = new TelephoneEventReceiver(8000);
            var outbox = new Outbox<TelephoneEventNotice>();
            foreach (var (sequence, timestamp, payload) in packets)
            {
                var header = new RtpHeader(101, false, sequence, timestamp, 1);
                receiver.Receive(header, payload, Instant.Zero, outbox);
            }

            return outbox.Drain().Select((notice, i) => (int)notice.Kind == i % 2).All(isRight => isRight);
        });

    [Fact]
    public void TheQueue_IsBounded()
    {
        var sender = new TelephoneEventSender(8000, TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < RtpLimits.MaxQueuedEvents; i++)
        {
            Assert.True(sender.TryEnqueue(1, TelephoneEventSender.DefaultDuration));
        }

        Assert.False(sender.TryEnqueue(1, TelephoneEventSender.DefaultDuration));
    }

    private static List<SentEvent> SendAll(
        string digits, int clockRateHz, int packetMilliseconds, int digitMilliseconds)
    {
        var packetTime = TimeSpan.FromMilliseconds(packetMilliseconds);
        var sender = new TelephoneEventSender(clockRateHz, packetTime);
        foreach (var digit in digits)
        {
            Assert.True(sender.TryEnqueue(CodeOf(digit), TimeSpan.FromMilliseconds(digitMilliseconds)));
        }

        var sent = new List<SentEvent>();
        var now = Instant.Zero;
        for (ushort i = 65500; sender.IsBusy; i++, now += packetTime)
        {
            var payload = new byte[4];
            var audio = (uint)(now.Milliseconds * clockRateHz / 1000);
            if (sender.TryWriteNext(audio, payload, out var timestamp, out var marker))
            {
                sent.Add(new SentEvent(new RtpHeader(101, marker, i, timestamp, 1), payload, now));
            }
        }

        return sent;
    }

    private void Deliver(TelephoneEventReceiver receiver, SentEvent packet) =>
        receiver.Receive(packet.Header, packet.Payload, packet.Sent, _outbox);

    private static IEnumerable<byte> Started(IEnumerable<TelephoneEventNotice> notices) =>
        notices.Where(notice => notice.Kind == TelephoneEventNoticeKind.Started)
            .Select(notice => notice.Code);

    private static byte CodeOf(char digit) =>
        DtmfDigit.TryGetCode(digit, out var code) ? code : byte.MaxValue;

    private sealed record SentEvent(RtpHeader Header, byte[] Payload, Instant Sent)
    {
        public TelephoneEvent Event => TelephoneEvent.TryDecode(Payload, out var decoded) ? decoded : default;
    }
}
