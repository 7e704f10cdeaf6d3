namespace Farspan.Media;

/// <summary>What the first bytes of an Opus packet say (RFC 6716 §3.1).</summary>
internal static class OpusPacket
{
    private const int FirstHybridConfig = 12;
    private const int FirstCeltConfig = 16;

    // By the two lowest bits of the configuration, in units of 2.5 ms (RFC 6716 §3.1, table 2).
    private static ReadOnlySpan<byte> SilkUnits => [4, 8, 16, 24];

    private static ReadOnlySpan<byte> CeltUnits => [1, 2, 4, 8];

    /// <summary>The duration of a packet; zero if it is malformed.</summary>
    public static TimeSpan DurationOf(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
        {
            return TimeSpan.Zero;
        }

        var config = packet[0] >> 3;
        var units = config switch
        {
            < FirstHybridConfig => SilkUnits[config & 3],
            < FirstCeltConfig => SilkUnits[config & 1],
            _ => CeltUnits[config & 3],
        };
        var frames = (packet[0] & 3) switch
        {
            0 => 1,
            1 or 2 => 2,
            _ => packet.Length > 1 ? packet[1] & 0x3F : 0,
        };
        return TimeSpan.FromMilliseconds(2.5 * units * frames);
    }
}
