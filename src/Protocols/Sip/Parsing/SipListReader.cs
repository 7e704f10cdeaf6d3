namespace Farspan.Sip;

/// <summary>
/// Splits list headers at their commas, but not inside quotes or angle brackets (RFC 3261 §7.3.1).
/// </summary>
internal static class SipListReader
{
    public static void AddValues(ReadOnlySpan<byte> text, bool isList, List<string> values)
    {
        if (!isList)
        {
            values.Add(SipText.Decode(text));
            return;
        }

        var scanner = new SipScanner(text);
        while (!scanner.IsAtEnd)
        {
            var value = SipCharacters.TrimLws(TakeValue(ref scanner));
            if (!value.IsEmpty)
            {
                values.Add(SipText.Decode(value));
            }

            scanner.TrySkip(',');
        }
    }

    /// <summary>Takes what stands before the next comma of the list.</summary>
    public static ReadOnlySpan<byte> TakeValue(scoped ref SipScanner scanner)
    {
        var start = scanner.Position;
        while (true)
        {
            scanner.TakeUntil(SipCharacters.ListMarks);
            if (scanner.IsAtEnd || scanner.IsAt(','))
            {
                return scanner.Slice(start, scanner.Position);
            }

            Skip(ref scanner);
        }
    }

    /// <summary>Skips a quoted string or a bracketed URI; an unclosed one runs to the end.</summary>
    private static void Skip(scoped ref SipScanner scanner)
    {
        var isClosed = scanner.TryTakeQuoted(out _);
        if (!isClosed && scanner.IsAt('<') && scanner.Rest.IndexOf((byte)'>') is >= 0 and var length)
        {
            scanner.Position += length + 1;
            isClosed = true;
        }

        if (!isClosed)
        {
            scanner.Position += scanner.Rest.Length;
        }
    }
}
