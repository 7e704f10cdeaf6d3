using System.Text;

namespace Farspan.Sip;

/// <summary>
/// Reads a Request-Line or a Status-Line: single spaces, nothing around them (RFC 3261 §7.1, §7.2).
/// </summary>
internal ref struct SipStartLineReader(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    public SipParseErrorCode Error { get; private set; }

    public int ErrorOffset { get; private set; }

    public bool IsRequest { get; private set; }

    public bool TryRead(ref SipLayout layout) =>
        StartsWithVersion(_line) ? TryReadStatusLine(ref layout) : TryReadRequestLine(ref layout);

    private bool TryReadRequestLine(ref SipLayout layout)
    {
        var first = _line.IndexOf((byte)' ');
        var last = _line.LastIndexOf((byte)' ');
        if (first is <= 0 or > SipLimits.MaxMethodBytes || !SipCharacters.IsToken(_line[..first]))
        {
            return Fail(SipParseErrorCode.BadStartLine, 0);
        }

        // A token and a space begin it: from here on it is a request that can be answered.
        IsRequest = true;
        layout.Method = SipMethodTable.Find(_line[..first]);
        layout.MethodName = SipRange.Between(0, first);
        if (last == first)
        {
            return Fail(SipParseErrorCode.BadStartLine, first);
        }

        var version = _line[(last + 1)..];
        if (!Ascii.EqualsIgnoreCase(version, "SIP/2.0"u8))
        {
            IsRequest = StartsWithVersion(version) || version.IsEmpty;
            var error = IsVersion(version)
                ? SipParseErrorCode.UnsupportedVersion
                : SipParseErrorCode.BadStartLine;
            return Fail(error, last + 1);
        }

        layout.Target = SipRange.Between(first + 1, last);
        return CheckRequestUri(_line[(first + 1)..last], first + 1);
    }

    private bool CheckRequestUri(ReadOnlySpan<byte> text, int offset)
    {
        if (text.Length > SipLimits.MaxRequestUriBytes)
        {
            return Fail(SipParseErrorCode.RequestUriTooLong, offset);
        }

        // RFC 3261 §19.1.1, table 1: a Request-URI has no headers component.
        return (SipUriScanner.TryScan(text, out var uri) && uri.Headers.IsEmpty)
            || Fail(SipParseErrorCode.BadRequestUri, offset);
    }

    private bool TryReadStatusLine(ref SipLayout layout)
    {
        var space = _line.IndexOf((byte)' ');
        if (space < 0)
        {
            return Fail(SipParseErrorCode.BadStartLine, 0);
        }

        if (!Ascii.EqualsIgnoreCase(_line[..space], "SIP/2.0"u8))
        {
            return Fail(SipParseErrorCode.BadStartLine, 0);
        }

        var rest = _line[(space + 1)..];
        if (rest.Length < 3
            || (rest.Length > 3 && rest[3] != ' ')
            || !TryReadStatusCode(rest[..3], out var statusCode))
        {
            return Fail(SipParseErrorCode.BadStatusCode, space + 1);
        }

        layout.StatusCode = statusCode;
        layout.Target = SipRange.Between(Math.Min(space + 5, _line.Length), _line.Length);
        return true;
    }

    private static bool TryReadStatusCode(ReadOnlySpan<byte> digits, out ushort statusCode)
    {
        var scanner = new SipScanner(digits);
        var isNumber = scanner.TryTakeNumber(out var value) && scanner.IsAtEnd;
        statusCode = (ushort)value;
        return isNumber && value is >= 100 and <= 699;
    }

    private static bool StartsWithVersion(ReadOnlySpan<byte> text) =>
        text.Length >= 4 && Ascii.EqualsIgnoreCase(text[..4], "SIP/"u8);

    private static bool IsVersion(ReadOnlySpan<byte> text)
    {
        if (!StartsWithVersion(text))
        {
            return false;
        }

        var scanner = new SipScanner(text[4..]);
        return scanner.TryTakeNumber(out _)
            && scanner.TrySkip('.')
            && scanner.TryTakeNumber(out _)
            && scanner.IsAtEnd;
    }

    private bool Fail(SipParseErrorCode error, int offset)
    {
        Error = error;
        ErrorOffset = offset;
        return false;
    }
}
