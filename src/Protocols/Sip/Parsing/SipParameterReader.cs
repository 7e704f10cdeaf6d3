using System.Text;

namespace Farspan.Sip;

/// <summary>
/// Walks over the <c>;name=value</c> parameters of a header value (RFC 3261 §25.1, generic-param).
/// </summary>
internal ref struct SipParameterReader
{
    private SipScanner _scanner;
    private int _count;

    /// <param name="text">The parameters alone, from their first semicolon on.</param>
    public SipParameterReader(ReadOnlySpan<byte> text) => _scanner = new SipScanner(text);

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>As written: a quoted string with its quotes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool HasValue { get; private set; }

    public bool IsMalformed { get; private set; }

    /// <summary>Where the last good parameter ended.</summary>
    public int End { get; private set; }

    /// <summary>Takes the parameters at the cursor; what follows them is left to the caller.</summary>
    public static bool TryScan(scoped ref SipScanner scanner, out ReadOnlySpan<byte> parameters)
    {
        scanner.SkipLws();
        var rest = scanner.Rest;
        var reader = new SipParameterReader(rest);
        while (reader.MoveNext())
        {
        }

        parameters = rest[..reader.End];
        scanner.Position += reader.End;
        return !reader.IsMalformed;
    }

    public static bool TryFind(
        ReadOnlySpan<byte> parameters,
        ReadOnlySpan<byte> name,
        out ReadOnlySpan<byte> value)
    {
        var reader = new SipParameterReader(parameters);
        while (reader.MoveNext())
        {
            if (Ascii.EqualsIgnoreCase(reader.Name, name))
            {
                value = reader.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public bool MoveNext()
    {
        if (!_scanner.TrySkipSeparator(';'))
        {
            return false;
        }

        Name = _scanner.TakeToken();
        End = _scanner.Position;
        HasValue = _scanner.TrySkipSeparator('=');
        Value = default;
        IsMalformed = Name.IsEmpty || ++_count > SipLimits.MaxParameters || (HasValue && !TryTakeValue());
        return !IsMalformed;
    }

    private bool TryTakeValue()
    {
        var start = _scanner.Position;
        if (_scanner.IsAt('"'))
        {
            var isClosed = _scanner.TryTakeQuoted(out _);
            Value = _scanner.Slice(start, _scanner.Position);
            End = _scanner.Position;
            return isClosed;
        }

        Value = _scanner.TakeUntil(SipCharacters.ParameterValueEnd);
        End = _scanner.Position;
        return !Value.IsEmpty;
    }
}
