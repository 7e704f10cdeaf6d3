using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Farspan.Sip;

/// <summary>
/// Makes messages of bytes (RFC 3261 §7). Total: any bytes give a message or a <see
/// cref="SipParseError"/>, in
/// time linear in their number.
/// </summary>
public static class SipParser
{
    /// <summary>
    /// Parses one message; the bytes are copied, so the caller's buffer is free afterwards.
    /// </summary>
    [SkipLocalsInit]
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        SipFraming framing,
        [NotNullWhen(true)] out SipMessage? message,
        out SipParseError error)
    {
        bytes = SipIndexer.SkipLeadingLines(bytes);
        Span<SipHeaderField> fields = stackalloc SipHeaderField[SipLimits.MaxHeaderLines];
        var indexer = new SipIndexer(bytes, fields);
        var isIndexed = indexer.TryIndex(framing);
        error = indexer.Error;

        var view = new SipMessageView(bytes, fields, indexer.Layout);
        if (isIndexed && SipMessageCheck.TryCheck(view, out error))
        {
            message = Create(view);
            return true;
        }

        error = error with { Rejection = SipRejection.For(view, error) };
        message = null;
        return false;
    }

    private static SipMessage Create(SipMessageView view)
    {
        var bytes = view.Bytes.ToArray();
        foreach (ref readonly var field in view.Fields)
        {
            if (field.IsFolded)
            {
                // A fold means one space: without line ends no value can carry one elsewhere.
                Unfold(bytes.AsSpan(field.Value.Start, field.Value.Length));
            }
        }

        var fields = view.Fields.ToArray();
        return view.IsRequest
            ? new SipRequest(bytes, fields, view.Layout)
            : new SipResponse(bytes, fields, view.Layout);
    }

    private static void Unfold(Span<byte> value)
    {
        value.Replace((byte)'\r', (byte)' ');
        value.Replace((byte)'\n', (byte)' ');
    }
}
