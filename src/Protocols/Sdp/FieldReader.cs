using System.Globalization;

namespace Farspan.Sdp;

/// <summary>Reads the fields of one line, which spaces separate.</summary>
internal ref struct FieldReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text.Trim(' ');

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<char> Rest => _rest;

    public bool TryRead(out ReadOnlySpan<char> field)
    {
        var space = _rest.IndexOf(' ');
        field = space < 0 ? _rest : _rest[..space];
        _rest = space < 0 ? default : _rest[space..].TrimStart(' ');
        return !field.IsEmpty;
    }

    public bool TryReadNumber(long max, out long number)
    {
        number = 0;
        return TryRead(out var field) && TryParseNumber(field, max, out number);
    }

    /// <summary>Accepts decimal digits only.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, long max, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
