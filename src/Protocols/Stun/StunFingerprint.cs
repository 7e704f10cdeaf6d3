namespace Farspan.Stun;

/// <summary>The CRC-32 that tells STUN from other traffic on the same port (RFC 8489 §14.7).</summary>
internal static class StunFingerprint
{
    /// <summary>
    /// "STUN": so that a payload which is itself protected by a CRC-32 does not look like STUN.
    /// </summary>
    private const uint Mask = 0x5354554E;

    private static readonly uint[] Table = CreateTable();

    /// <summary>The value over everything before the attribute, the header's length counting it.</summary>
    public static uint Compute(ReadOnlySpan<byte> covered)
    {
        var crc = uint.MaxValue;
        foreach (var value in covered)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc ^ Mask;
    }

    private static uint[] CreateTable()
    {
        const uint reversedPolynomial = 0xEDB88320;
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ reversedPolynomial;
            }

            table[i] = entry;
        }

        return table;
    }
}
