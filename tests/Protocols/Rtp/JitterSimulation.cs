using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Rtp.Tests;

/// <summary>
/// Plays a list of arrivals into a jitter buffer and takes from it in the rhythm of a listener.
/// </summary>
internal sealed class JitterSimulation(JitterBuffer buffer)
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>What the listener got, one entry a tick.</summary>
    public List<Taken> Log { get; } = [];

    public bool IsQuiet { get; set; }

    public TimeSpan ListenerTick { get; set; } = Tick;

    public IEnumerable<Taken> Played => Log.Where(taken => taken.Verdict == JitterVerdict.Packet);

    /// <summary>A packet whose payload is its own number.</summary>
    public static Arrival Packet(int number, Instant at, int packetUnits = 160, uint ssrc = 1) => new(
        new RtpHeader(0, false, (ushort)(65000 + number), (uint)(-5000 + (number * packetUnits)), ssrc),
        number,
        at);

    public static Arrival Packet(int number, double milliseconds) =>
        Packet(number, Instant.Zero + TimeSpan.FromMilliseconds(milliseconds));

    public void Run(IEnumerable<Arrival> arrivals, TimeSpan duration)
    {
        var waiting = new Queue<Arrival>(arrivals.OrderBy(arrival => arrival.At));
        var payload = new byte[4];
        for (var now = Instant.Zero; now < Instant.Zero + duration; now += ListenerTick)
        {
            while (waiting.TryPeek(out var next) && next.At <= now)
            {
                waiting.Dequeue();
                BinaryPrimitives.WriteInt32BigEndian(payload, next.Number);
                buffer.Insert(next.Header, payload, next.At);
            }

            var verdict = buffer.Take(now, IsQuiet, out var frame);
            var number = frame.Payload.Length == 4 ? BinaryPrimitives.ReadInt32BigEndian(frame.Payload) : -1;
            Log.Add(new Taken(verdict, number, now, buffer.CurrentDelay));
        }
    }

    internal sealed record Arrival(RtpHeader Header, int Number, Instant At);

    internal sealed record Taken(JitterVerdict Verdict, int Number, Instant At, TimeSpan Delay);
}
