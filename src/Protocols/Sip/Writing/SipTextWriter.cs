using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Farspan.Sip;

/// <summary>
/// Writes a message into a pooled buffer. Text never leaves as more than one line: controls become
/// spaces, so no value can inject a header (RFC 3261 §7.3.1).
/// </summary>
internal sealed class SipTextWriter(int capacityBytes) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacityBytes);
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Text(string text)
    {
        var room = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = room[..Encoding.UTF8.GetBytes(text, room)];
        _length += written.Length;
        ReplaceControls(written);
    }

    /// <summary>A value of a received message; it may have been folded.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        var room = Reserve(text.Length)[..text.Length];
        text.CopyTo(room);
        _length += text.Length;
        ReplaceLineEnds(room);
    }

    /// <summary>Bytes that are not header text: literals of ours, and bodies.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    public void Number(uint value)
    {
        Utf8Formatter.TryFormat(value, Reserve(10), out var written);
        _length += written;
    }

    public void Header(SipHeader header, string value)
    {
        HeaderName(header);
        Text(value);
        Raw("\r\n"u8);
    }

    public void Header(SipHeader header, ReadOnlySpan<byte> value)
    {
        HeaderName(header);
        Text(value);
        Raw("\r\n"u8);
    }

    public void Header(SipHeader header, uint value)
    {
        HeaderName(header);
        Number(value);
        Raw("\r\n"u8);
    }

    public void HeaderName(SipHeader header)
    {
        Raw(SipHeaderTable.NameBytes(header));
        Raw(": "u8);
    }

    public void StatusLine(int statusCode, string reasonPhrase)
    {
        Raw("SIP/2.0 "u8);
        Number((uint)statusCode);
        Raw(" "u8);
        Text(reasonPhrase);
        Raw("\r\n"u8);
    }

    /// <summary>All lines of that header, as they are.</summary>
    public void CopyAll(SipMessageView view, SipHeader header)
    {
        foreach (ref readonly var field in view.Fields)
        {
            if (field.Id == header)
            {
                Header(header, field.Value.Of(view.Whole));
            }
        }
    }

    /// <summary>The Vias of a message without the topmost, which may share its line with others.</summary>
    public void ViasBelowTop(SipMessageView view)
    {
        var isTop = true;
        foreach (ref readonly var field in view.Fields)
        {
            if (field.Id != SipHeader.Via)
            {
                continue;
            }

            var scanner = new SipScanner(field.Value.Of(view.Whole));
            if (isTop)
            {
                SipListReader.TakeValue(ref scanner);
                scanner.TrySkipSeparator(',');
                isTop = false;
            }

            if (!scanner.IsAtEnd)
            {
                Header(SipHeader.Via, scanner.Rest);
            }
        }
    }

    /// <summary>Every header line but the Vias and the Content-Length.</summary>
    public void OtherLines(SipMessageView view)
    {
        foreach (ref readonly var field in view.Fields)
        {
            if (field.Id is not (SipHeader.Via or SipHeader.ContentLength))
            {
                Raw(field.Name.Of(view.Whole));
                Raw(": "u8);
                Text(field.Value.Of(view.Whole));
                Raw("\r\n"u8);
            }
        }
    }

    /// <summary>Content-Length, the empty line and the body.</summary>
    public void Finish(ReadOnlySpan<byte> body)
    {
        Header(SipHeader.ContentLength, (uint)body.Length);
        Raw("\r\n"u8);
        Raw(body);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static void ReplaceControls(Span<byte> text)
    {
        while (text.IndexOfAny(SipCharacters.Control) is >= 0 and var index)
        {
            text[index] = (byte)' ';
            text = text[(index + 1)..];
        }
    }

    private static void ReplaceLineEnds(Span<byte> text)
    {
        text.Replace((byte)'\r', (byte)' ');
        text.Replace((byte)'\n', (byte)' ');
    }

    private Span<byte> Reserve(int count)
    {
        if (count > _buffer.Length - _length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
