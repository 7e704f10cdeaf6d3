using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Tones;

namespace Farspan.CarrierSimulator.Tests;

public sealed class CallerToneTests
{
    private const int Code = 1_234;

    private static readonly ToneClock Clock = new(TimeSpan.FromSeconds(12.345678));

    // A caller whose agent is the one under test: the ear listens for the agent's code of this caller.
    private static readonly int AgentCode = LabTones.AgentCode(Code);

    [Theory]
    [InlineData(AudioCodec.Pcmu, 0)]
    [InlineData(AudioCodec.Pcma, 0)]
    [InlineData(AudioCodec.G722, 6)]
    [InlineData(AudioCodec.Opus, 12)]
    public void What_is_played_is_heard_with_its_delay(AudioCodec codec, int codecDelayMilliseconds)
    {
        var caller = new Conversation(codec);

        caller.Run(packets: 300, delay: TimeSpan.FromMilliseconds(37));

        Assert.InRange(caller.Ear.AgentHeardCount, 4, 6);
        Assert.Empty(caller.Ear.StrangerCodes.ToArray());
        foreach (var delay in caller.Ear.Delays)
        {
            Assert.InRange(delay.TotalMilliseconds, 35, 39 + codecDelayMilliseconds);
        }
    }

    [Fact]
    public void A_stranger_is_no_agent()
    {
        var caller = new Conversation(AudioCodec.Pcmu, played: Code);

        caller.Run(packets: 200, delay: TimeSpan.Zero);

        Assert.Equal(0, caller.Ear.AgentHeardCount);
        Assert.All(caller.Ear.StrangerCodes.ToArray(), code => Assert.Equal(Code, code));
        Assert.NotEmpty(caller.Ear.StrangerCodes.ToArray());
        Assert.Null(caller.Ear.AgentFirstHeardAt);
    }

    [Fact]
    public void One_lost_packet_does_not_shift_what_follows()
    {
        var caller = new Conversation(AudioCodec.Pcmu) { Lost = packet => packet % 50 == 7 };

        caller.Run(packets: 500, delay: TimeSpan.FromMilliseconds(5));

        Assert.InRange(caller.Ear.AgentHeardCount, 7, 10);
        foreach (var delay in caller.Ear.Delays)
        {
            Assert.InRange(delay.TotalMilliseconds, 2, 9);
        }
    }

    [Fact]
    public void A_late_packet_is_passed_over()
    {
        var caller = new Conversation(AudioCodec.Pcmu) { Repeats = true };

        caller.Run(packets: 200, delay: TimeSpan.Zero);

        Assert.True(caller.Ear.AgentHeardCount > 1);
    }

    [Fact]
    public void After_one_period_a_packet_allocates_nothing()
    {
        var caller = new Conversation(AudioCodec.Pcmu);
        caller.Run(packets: 200, delay: TimeSpan.Zero);

        var before = GC.GetAllocatedBytesForCurrentThread();
        caller.Run(packets: 1_000, delay: TimeSpan.Zero);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class Conversation
    {
        private readonly CallerTone _tone;
        private readonly uint _packetClocks;
        private int _packet;

        public Conversation(AudioCodec codec, int? played = null)
        {
            var (encoder, decoder) = new CallerCodec(codec).Create();
            _tone = new CallerTone(played ?? AgentCode, encoder, Clock);
            Ear = new CallerEar(Code, codec, decoder, Clock);
            _packetClocks = (uint)(codec.RtpClockRateHz() / 50);
        }

        public CallerEar Ear { get; }

        public Func<int, bool> Lost { get; init; } = _ => false;

        public bool Repeats { get; init; }

        public void Run(int packets, TimeSpan delay)
        {
            for (var end = _packet + packets; _packet < end; _packet++)
            {
                var due = Instant.FromMilliseconds(3) + (_packet * CallerTone.PacketTime);
                var payload = _tone.PayloadAt(due);
                var header = new RtpHeader(0, false, (ushort)_packet, (uint)_packet * _packetClocks, 1);
                if (!Lost(_packet))
                {
                    Ear.Accept(header, payload, due + delay);
                }

                if (Repeats)
                {
                    Ear.Accept(header, payload, due + delay);
                }
            }
        }
    }
}
