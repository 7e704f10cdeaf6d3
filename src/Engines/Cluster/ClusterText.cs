using System.Text;

namespace Farspan.Cluster;

/// <summary>
/// Says which text every store gives back as it was: well-formed UTF-16 (RFC 2781 §2) without U+0000, which
/// PostgreSQL does not hold.
/// </summary>
public static class ClusterText
{
    public static bool IsStorable(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (text[0] == '\0'
                || Rune.DecodeFromUtf16(text, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[consumed..];
        }

        return true;
    }
}
