using System.Buffers;

namespace Farspan.Sip;

/// <summary>
/// A cursor over one header value; line ends inside it are folding and count as white space.
/// </summary>
internal ref struct SipScanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    public int Position { get; set; }

    public readonly bool IsAtEnd => Position >= _text.Length;

    public readonly ReadOnlySpan<byte> Rest => _text[Position..];

    public readonly bool IsAt(char character) => Position < _text.Length && _text[Position] == character;

    public readonly ReadOnlySpan<byte> Slice(int start, int end) => _text[start..end];

    public void SkipLws()
    {
        while (Position < _text.Length && SipCharacters.IsLws(_text[Position]))
        {
            Position++;
        }
    }

    public bool TrySkip(char character)
    {
        if (!IsAt(character))
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Skips a separator and the white space around it, such as SLASH, EQUAL or COMMA.</summary>
    public bool TrySkipSeparator(char character)
    {
        SkipLws();
        if (!TrySkip(character))
        {
            return false;
        }

        SkipLws();
        return true;
    }

    public ReadOnlySpan<byte> TakeToken() => TakeWhile(SipCharacters.Token);

    public ReadOnlySpan<byte> TakeWhile(SearchValues<byte> set)
    {
        var length = Rest.IndexOfAnyExcept(set);
        return Take(length < 0 ? _text.Length - Position : length);
    }

    public ReadOnlySpan<byte> TakeUntil(SearchValues<byte> set)
    {
        var length = Rest.IndexOfAny(set);
        return Take(length < 0 ? _text.Length - Position : length);
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        var taken = _text.Slice(Position, length);
        Position += length;
        return taken;
    }

    /// <summary>Takes a quoted-string; the contents come without quotes, escapes still in place.</summary>
    public bool TryTakeQuoted(out ReadOnlySpan<byte> contents)
    {
        contents = default;
        var start = Position + 1;
        if (!TrySkip('"'))
        {
            return false;
        }

        while (true)
        {
            var length = Rest.IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0)
            {
                return false;
            }

            Position += length + 1;
            if (_text[Position - 1] == '"')
            {
                contents = _text[start..(Position - 1)];
                return true;
            }

            if (IsAtEnd)
            {
                return false;
            }

            Position++;
        }
    }

    /// <summary>Takes decimal digits that fit in 32 bits.</summary>
    public bool TryTakeNumber(out uint value)
    {
        ulong number = 0;
        var start = Position;
        while (Position < _text.Length && char.IsAsciiDigit((char)_text[Position]))
        {
            number = (number * 10) + (uint)(_text[Position] - '0');
            if (number > uint.MaxValue)
            {
                value = 0;
                return false;
            }

            Position++;
        }

        value = (uint)number;
        return Position > start;
    }
}
