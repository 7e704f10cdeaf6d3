using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Farspan.Calls;

namespace Farspan.Store;

/// <summary>
/// One entry as a line: eight hexadecimal digits of CRC-32C (RFC 3385 §3), a space, JSON, a line feed. Greppable,
/// and a damaged line does not hide the ones after it.
/// </summary>
internal static class JournalLine
{
    private const int ChecksumDigits = 8;
    private const int PrefixBytes = ChecksumDigits + 1;

    public static void Write(ContactJournalEntry entry, DateTimeOffset at, IBufferWriter<byte> output)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(JournalRecord.From(entry, at), JournalJson.Default.JournalRecord);
        var line = output.GetSpan(PrefixBytes + json.Length + 1);
        Utf8Formatter.TryFormat(Checksum(json), line, out _, new StandardFormat('x', ChecksumDigits));
        line[ChecksumDigits] = (byte)' ';
        json.CopyTo(line[PrefixBytes..]);
        line[PrefixBytes + json.Length] = (byte)'\n';
        output.Advance(PrefixBytes + json.Length + 1);
    }

    /// <summary>Reads a line without its line feed; false for anything that is not one of ours, whole.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> line, [NotNullWhen(true)] out ContactJournalEntry? entry, out DateTimeOffset at)
    {
        entry = null;
        at = default;
        if (line.Length <= PrefixBytes
            || line[ChecksumDigits] != (byte)' '
            || !Utf8Parser.TryParse(line[..ChecksumDigits], out uint checksum, out var digits, 'x')
            || digits != ChecksumDigits
            || checksum != Checksum(line[PrefixBytes..]))
        {
            return false;
        }

        try
        {
            var record = JsonSerializer.Deserialize(line[PrefixBytes..], JournalJson.Default.JournalRecord);
            entry = record?.ToEntry();
            at = record?.At ?? default;
            return entry is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var last in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return ~crc;
    }
}
