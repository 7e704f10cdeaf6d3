using System.Text;
using Farspan.Topology;

namespace Farspan.Configuration;

/// <summary>
/// The bytes of a file as text, if they are what YAML 1.2 §5.1 calls printable characters in UTF-8.
/// </summary>
internal static class YamlText
{
    private const int ByteOrderMark = 0xFEFF;
    private const int NextLine = 0x85;

    /// <summary>False, with the place, at the first byte that cannot belong to a text.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, string file, out string text, out ConfigurationPlace fault)
    {
        fault = default;
        text = "";
        var (line, column, position) = (1, 1, 0);
        while (position < bytes.Length)
        {
            var status = Rune.DecodeFromUtf8(bytes[position..], out var rune, out var length);
            if (status != System.Buffers.OperationStatus.Done || !IsPrintable(rune.Value))
            {
                fault = new ConfigurationPlace(file, line, column);
                return false;
            }

            position += length;
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
        }

        text = Encoding.UTF8.GetString(bytes).TrimStart((char)ByteOrderMark);
        return true;
    }

    private static bool IsPrintable(int value) => value switch
    {
        '\t' or '\n' or '\r' or NextLine => true,
        < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => false,
        _ => true,
    };
}
