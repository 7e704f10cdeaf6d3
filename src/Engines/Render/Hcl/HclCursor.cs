namespace Farspan.Render;

/// <summary>A place in a text, with the words of HCL (HCL native syntax specification, "Lexical Elements").</summary>
internal sealed class HclCursor(string text)
{
    public int Position { get; private set; }

    public HclSyntaxError? Error { get; private set; }

    public bool IsAtEnd => Position >= text.Length;

    public char Current => IsAtEnd ? '\0' : text[Position];

    public bool StartsWith(string word) => text.AsSpan(Position).StartsWith(word, StringComparison.Ordinal);

    public void Advance(int count = 1) => Position = Math.Min(text.Length, Position + count);

    /// <summary>Notes the first fault; returns false, for the caller to return.</summary>
    public bool Fail(string message)
    {
        if (Error is null)
        {
            var before = text.AsSpan(0, Position);
            var lineStart = before.LastIndexOf('\n') + 1;
            Error = new HclSyntaxError(before.Count('\n') + 1, Position - lineStart + 1, message);
        }

        return false;
    }

    public bool TryTake(string word)
    {
        var starts = StartsWith(word);
        Advance(starts ? word.Length : 0);
        return starts;
    }

    public bool Take(string word) => TryTake(word) || Fail($"'{word}' was expected");

    /// <summary>An identifier; empty if none begins here.</summary>
    public string TakeIdentifier()
    {
        var start = Position;
        if (char.IsAsciiLetter(Current) || Current == '_')
        {
            while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-')
            {
                Advance();
            }
        }

        return text[start..Position];
    }

    /// <summary>Passes spaces and comments of the line; in brackets also the ends of lines.</summary>
    public void SkipSpace(bool acrossLines)
    {
        while (!IsAtEnd)
        {
            if (Current is '#' || StartsWith("//"))
            {
                SkipLine();
            }
            else if (Current is ' ' or '\t' or '\r' || (acrossLines && Current == '\n'))
            {
                Advance();
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The rest of the line, without its end; the cursor stands at the end.</summary>
    public string SkipLine()
    {
        var start = Position;
        while (!IsAtEnd && Current != '\n')
        {
            Advance();
        }

        return text[start..Position];
    }
}
