namespace Farspan.Sip;

/// <summary>
/// The first pass over a message: start line, header lines, body (RFC 3261 §7, §18.3). It allocates
/// nothing and, after a fault in one line, still indexes the others so that the fault can be answered.
/// </summary>
internal ref struct SipIndexer(ReadOnlySpan<byte> message, Span<SipHeaderField> fields)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly Span<SipHeaderField> _fields = fields;
    private int _position;

    public SipLayout Layout;
    public SipParseError Error;

    /// <summary>Null if it is absent, unreadable or given twice.</summary>
    public int? ContentLength { get; private set; }

    /// <summary>Drops the empty lines that may stand before a message (RFC 3261 §7.5).</summary>
    public static ReadOnlySpan<byte> SkipLeadingLines(ReadOnlySpan<byte> message)
    {
        while (message.StartsWith("\r\n"u8))
        {
            message = message[2..];
        }

        return message;
    }

    public bool TryIndex(SipFraming framing)
    {
        if (_message.Length > SipLimits.MaxMessageBytes)
        {
            return Fail(SipParseErrorCode.TooLarge, SipLimits.MaxMessageBytes);
        }

        if (_message.IsEmpty)
        {
            return Fail(SipParseErrorCode.Empty, 0);
        }

        var length = _message.IndexOfAny((byte)'\r', (byte)'\n');
        if (length < 0)
        {
            return Fail(SipParseErrorCode.Truncated, 0);
        }

        if (!_message[length..].StartsWith("\r\n"u8))
        {
            return Fail(SipParseErrorCode.BareLineEnd, length);
        }

        _position = length + 2;
        var startLine = new SipStartLineReader(_message[..length]);
        if (!startLine.TryRead(ref Layout))
        {
            Fail(startLine.Error, startLine.ErrorOffset);
            if (!startLine.IsRequest)
            {
                return false;
            }
        }

        return IndexLines() && IndexBody(framing) && Error.Code == SipParseErrorCode.None;
    }

    private bool IndexLines()
    {
        while (true)
        {
            var start = _position;
            if (!TryTakeLine(out var end, out var isFolded))
            {
                return false;
            }

            if (end == start)
            {
                return true;
            }

            if (Layout.FieldCount == _fields.Length)
            {
                return Fail(SipParseErrorCode.TooManyHeaders, start);
            }

            if (!TryIndexLine(start, end, isFolded))
            {
                Fail(SipParseErrorCode.BadHeaderLine, start);
            }
        }
    }

    /// <summary>Takes one header line with its continuations (RFC 3261 §7.3.1).</summary>
    private bool TryTakeLine(out int end, out bool isFolded)
    {
        isFolded = false;
        var start = _position;
        while (true)
        {
            var length = _message[_position..].IndexOfAny((byte)'\r', (byte)'\n');
            end = _position + length;
            if (length < 0)
            {
                return Fail(SipParseErrorCode.Truncated, _position);
            }

            if (!_message[end..].StartsWith("\r\n"u8))
            {
                return Fail(SipParseErrorCode.BareLineEnd, end);
            }

            _position = end + 2;
            var isContinued = _position < _message.Length && _message[_position] is (byte)' ' or (byte)'\t';
            if (end == start || !isContinued)
            {
                return true;
            }

            isFolded = true;
        }
    }

    private bool TryIndexLine(int start, int end, bool isFolded)
    {
        var line = _message[start..end];
        var nameLength = line.IndexOfAnyExcept(SipCharacters.Token);
        if (nameLength <= 0)
        {
            return false;
        }

        var colon = nameLength;
        while (colon < line.Length && line[colon] is (byte)' ' or (byte)'\t')
        {
            colon++;
        }

        if (colon == line.Length || line[colon] != ':')
        {
            return false;
        }

        var valueStart = colon + 1;
        var valueEnd = line.Length;
        while (valueStart < valueEnd && SipCharacters.IsLws(line[valueStart]))
        {
            valueStart++;
        }

        while (valueEnd > valueStart && SipCharacters.IsLws(line[valueEnd - 1]))
        {
            valueEnd--;
        }

        _fields[Layout.FieldCount++] = new SipHeaderField(
            SipHeaderTable.Find(line[..nameLength]),
            isFolded,
            SipRange.Between(start, start + nameLength),
            SipRange.Between(start + valueStart, start + valueEnd));
        return true;
    }

    private bool IndexBody(SipFraming framing)
    {
        var available = _message.Length - _position;
        if (!TryReadContentLength(out var contentLength))
        {
            Layout.Body = SipRange.Between(_position, _message.Length);
            return false;
        }

        ContentLength = contentLength;
        var bodyLength = Math.Min(contentLength ?? available, available);
        Layout.Body = SipRange.Between(_position, _position + bodyLength);
        if (contentLength is null && framing == SipFraming.Stream)
        {
            return Fail(SipParseErrorCode.MissingHeader, _position, SipHeader.ContentLength);
        }

        return contentLength is null || contentLength <= available
            || Fail(SipParseErrorCode.BodyTruncated, _message.Length, SipHeader.ContentLength);
    }

    /// <summary>
    /// Null when there is none. Two are refused, equal or not: peers could disagree on the one that
    /// counts.
    /// </summary>
    private bool TryReadContentLength(out int? contentLength)
    {
        contentLength = null;
        foreach (ref readonly var field in _fields[..Layout.FieldCount])
        {
            if (field.Id != SipHeader.ContentLength)
            {
                continue;
            }

            if (contentLength is not null)
            {
                return Fail(SipParseErrorCode.DuplicateHeader, field.Name.Start, SipHeader.ContentLength);
            }

            var scanner = new SipScanner(field.Value.Of(_message));
            if (!scanner.TryTakeNumber(out var value) || !scanner.IsAtEnd)
            {
                return Fail(SipParseErrorCode.BadHeaderValue, field.Value.Start, SipHeader.ContentLength);
            }

            contentLength = (int)Math.Min(value, int.MaxValue);
        }

        return true;
    }

    /// <summary>Remembers the first fault.</summary>
    private bool Fail(SipParseErrorCode code, int offset, SipHeader header = SipHeader.Other)
    {
        if (Error.Code == SipParseErrorCode.None)
        {
            Error = new SipParseError(code, header, offset);
        }

        return false;
    }
}
