using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// Writes a received message onward, from its bytes to the caller's, without allocating: the way of messages
/// whose dialog somebody else keeps (RFC 3261 §16.6, §16.7).
/// </summary>
public static class SipForwarder
{
    /// <summary>
    /// Writes a request with its edits and one hop less. False if it does not fit or has no hops left.
    /// </summary>
    public static bool TryForwardRequest(
        SipMessageView request,
        SipForwardEdits edits,
        Span<byte> destination,
        out int bytesWritten)
    {
        Invariant.Require(request.IsRequest && !edits.Via.IsEmpty);
        Invariant.Require(!edits.Via.ContainsAny(SipCharacters.Control));
        Invariant.Require(!edits.RequestUri.ContainsAny(SipCharacters.Control));
        Invariant.Require(!edits.RecordRoute.ContainsAny(SipCharacters.Control));

        bytesWritten = 0;
        var maxForwards = request.MaxForwards ?? SipLimits.DefaultMaxForwards;
        if (maxForwards == 0)
        {
            return false;
        }

        var writer = new SpanWriter(destination);
        WriteStart(ref writer, request, edits, maxForwards - 1);
        WriteLines(ref writer, request, edits);
        WriteBody(ref writer, request.Body);
        bytesWritten = writer.Position;
        return !writer.HasOverflowed;
    }

    /// <summary>
    /// Writes a response without its top Via, which was ours. False if it does not fit or no Via is left.
    /// </summary>
    public static bool TryForwardResponse(
        SipMessageView response,
        Span<byte> destination,
        out int bytesWritten)
    {
        Invariant.Require(!response.IsRequest);
        var writer = new SpanWriter(destination);
        writer.WriteBytes(response.Whole[..response.Layout.Target.End]);
        WriteLineEnd(ref writer);
        var isTopVia = true;
        var hasVia = false;
        foreach (ref readonly var field in response.Fields)
        {
            if (field.Id == SipHeader.Via && isTopVia)
            {
                isTopVia = false;
                hasVia = WriteRestOfList(ref writer, response, field);
            }
            else if (field.Id != SipHeader.ContentLength)
            {
                hasVia |= field.Id == SipHeader.Via;
                WriteLine(ref writer, response, field);
            }
        }

        WriteBody(ref writer, response.Body);
        bytesWritten = writer.Position;
        return !writer.HasOverflowed && hasVia;
    }

    private static void WriteStart(
        ref SpanWriter writer,
        SipMessageView request,
        SipForwardEdits edits,
        int maxForwards)
    {
        writer.WriteBytes(request.MethodName);
        writer.WriteByte((byte)' ');
        writer.WriteBytes(edits.RequestUri.IsEmpty ? request.RequestUri : edits.RequestUri);
        writer.WriteBytes(" SIP/2.0\r\nVia: "u8);
        writer.WriteBytes(edits.Via);
        writer.WriteBytes("\r\nMax-Forwards: "u8);
        WriteNumber(ref writer, maxForwards);
        WriteLineEnd(ref writer);
        if (!edits.RecordRoute.IsEmpty)
        {
            writer.WriteBytes("Record-Route: "u8);
            writer.WriteBytes(edits.RecordRoute);
            WriteLineEnd(ref writer);
        }
    }

    private static void WriteLines(ref SpanWriter writer, SipMessageView request, SipForwardEdits edits)
    {
        var isTopVia = !edits.ReceivedAddress.IsEmpty;
        var isTopRoute = edits.RemovesTopRoute;
        foreach (ref readonly var field in request.Fields)
        {
            if (field.Id == SipHeader.Via && isTopVia)
            {
                isTopVia = false;
                WriteReceivedVia(ref writer, field.Value.Of(request.Whole), edits);
            }
            else if (field.Id == SipHeader.Route && isTopRoute)
            {
                isTopRoute = false;
                WriteRestOfList(ref writer, request, field);
            }
            else if (field.Id is not (SipHeader.MaxForwards or SipHeader.ContentLength))
            {
                WriteLine(ref writer, request, field);
            }
        }
    }

    /// <summary>
    /// Writes a Via line whose first value gets <c>received</c> and, if it asks, <c>rport</c>.
    /// </summary>
    private static void WriteReceivedVia(
        ref SpanWriter writer,
        ReadOnlySpan<byte> line,
        SipForwardEdits edits)
    {
        var scanner = new SipScanner(line);
        if (!ViaScanner.TryScan(ref scanner, out var via))
        {
            return;
        }

        writer.WriteBytes("Via: "u8);
        writer.WriteBytes(SipCharacters.TrimLws(line[..via.SentByEnd]));
        var asksForPort = WriteViaParameters(ref writer, via.Parameters);
        writer.WriteBytes(";received="u8);
        writer.WriteBytes(edits.ReceivedAddress);
        if (asksForPort)
        {
            writer.WriteBytes(";rport="u8);
            WriteNumber(ref writer, edits.ReceivedPort);
        }

        writer.WriteBytes(line[scanner.Position..]);
        WriteLineEnd(ref writer);
    }

    /// <summary>Copies the parameters except those we fill in; true if rport is among them.</summary>
    private static bool WriteViaParameters(ref SpanWriter writer, ReadOnlySpan<byte> parameters)
    {
        var asksForPort = false;
        var reader = new SipParameterReader(parameters);
        while (reader.MoveNext())
        {
            if (Ascii.EqualsIgnoreCase(reader.Name, "rport"u8))
            {
                asksForPort = true;
                continue;
            }

            if (Ascii.EqualsIgnoreCase(reader.Name, "received"u8))
            {
                continue;
            }

            writer.WriteByte((byte)';');
            writer.WriteBytes(reader.Name);
            if (reader.HasValue)
            {
                writer.WriteByte((byte)'=');
                writer.WriteBytes(reader.Value);
            }
        }

        return asksForPort;
    }

    /// <summary>
    /// Writes a list line without its first value; false, and nothing, if that was the only one.
    /// </summary>
    private static bool WriteRestOfList(
        ref SpanWriter writer,
        SipMessageView message,
        in SipHeaderField field)
    {
        var scanner = new SipScanner(field.Value.Of(message.Whole));
        SipListReader.TakeValue(ref scanner);
        if (!scanner.TrySkipSeparator(','))
        {
            return false;
        }

        writer.WriteBytes(SipHeaderTable.NameBytes(field.Id));
        writer.WriteBytes(": "u8);
        writer.WriteBytes(scanner.Rest);
        WriteLineEnd(ref writer);
        return true;
    }

    private static void WriteLine(ref SpanWriter writer, SipMessageView message, in SipHeaderField field)
    {
        writer.WriteBytes(message.Whole[field.Name.Start..field.Value.End]);
        WriteLineEnd(ref writer);
    }

    /// <summary>
    /// Content-Length, the empty line and the body; a datagram may have come without the first.
    /// </summary>
    private static void WriteBody(ref SpanWriter writer, ReadOnlySpan<byte> body)
    {
        writer.WriteBytes("Content-Length: "u8);
        WriteNumber(ref writer, body.Length);
        writer.WriteBytes("\r\n\r\n"u8);
        writer.WriteBytes(body);
    }

    private static void WriteNumber(ref SpanWriter writer, int value)
    {
        var divisor = 1;
        while (value / divisor >= 10)
        {
            divisor *= 10;
        }

        for (; divisor > 0; divisor /= 10)
        {
            writer.WriteByte((byte)('0' + (value / divisor % 10)));
        }
    }

    private static void WriteLineEnd(ref SpanWriter writer) => writer.WriteBytes("\r\n"u8);
}
