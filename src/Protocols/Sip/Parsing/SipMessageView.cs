using System.Text;

namespace Farspan.Sip;

/// <summary>
/// A message that is read where it lies, without an object: for elements that only forward it. Everything
/// comes as slices of the received bytes; values may still hold folding and quoting.
/// </summary>
public readonly ref struct SipMessageView
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly ReadOnlySpan<SipHeaderField> _fields;
    private readonly SipLayout _layout;

    internal SipMessageView(
        ReadOnlySpan<byte> message,
        ReadOnlySpan<SipHeaderField> fields,
        scoped in SipLayout layout)
    {
        _message = message;
        _fields = fields[..layout.FieldCount];
        _layout = layout;
    }

    /// <summary>The message as received, up to the end of its body.</summary>
    public ReadOnlySpan<byte> Bytes => _message[.._layout.Body.End];

    public bool IsRequest => _layout.IsRequest;

    /// <summary>Method of the start line; <see cref="SipMethod.Other"/> in a response.</summary>
    public SipMethod Method => _layout.Method;

    /// <summary>Empty in a response.</summary>
    public ReadOnlySpan<byte> MethodName => _layout.MethodName.Of(_message);

    /// <summary>Empty in a response.</summary>
    public ReadOnlySpan<byte> RequestUri => IsRequest ? _layout.Target.Of(_message) : default;

    /// <summary>0 in a request.</summary>
    public int StatusCode => _layout.StatusCode;

    /// <summary>Empty in a request.</summary>
    public ReadOnlySpan<byte> ReasonPhrase => IsRequest ? default : _layout.Target.Of(_message);

    public ReadOnlySpan<byte> Body => _layout.Body.Of(_message);

    public ReadOnlySpan<byte> CallId => First(SipHeader.CallId);

    /// <summary>Empty if there is none.</summary>
    public ReadOnlySpan<byte> FromTag => Tag(SipHeader.From);

    /// <summary>Empty if there is none.</summary>
    public ReadOnlySpan<byte> ToTag => Tag(SipHeader.To);

    /// <summary>Branch of the top Via; empty if there is none.</summary>
    public ReadOnlySpan<byte> TopBranch
    {
        get
        {
            var scanner = new SipScanner(First(SipHeader.Via));
            return ViaScanner.TryScan(ref scanner, out var via)
                && SipParameterReader.TryFind(via.Parameters, "branch"u8, out var branch) ? branch : default;
        }
    }

    /// <summary>
    /// Null if absent, unreadable or over <see cref="SipLimits.MaxMaxForwards"/> (RFC 4475 §3.1.2.4).
    /// </summary>
    public int? MaxForwards
    {
        get
        {
            var scanner = new SipScanner(First(SipHeader.MaxForwards));
            var isNumber = scanner.TryTakeNumber(out var value) && scanner.IsAtEnd;
            return isNumber && value <= SipLimits.MaxMaxForwards ? (int)value : null;
        }
    }

    internal ReadOnlySpan<SipHeaderField> Fields => _fields;

    internal SipLayout Layout => _layout;

    internal ReadOnlySpan<byte> Whole => _message;

    /// <summary>The first line of that header.</summary>
    public bool TryGetHeader(SipHeader header, out ReadOnlySpan<byte> value)
    {
        foreach (ref readonly var field in _fields)
        {
            if (field.Id == header && header != SipHeader.Other)
            {
                value = field.Value.Of(_message);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The first line of that header; a known one is also found by its compact form.</summary>
    public bool TryGetHeader(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        if (SipHeaderTable.Find(name) is not SipHeader.Other and var header)
        {
            return TryGetHeader(header, out value);
        }

        foreach (ref readonly var field in _fields)
        {
            if (field.Id == SipHeader.Other && Ascii.EqualsIgnoreCase(field.Name.Of(_message), name))
            {
                value = field.Value.Of(_message);
                return true;
            }
        }

        value = default;
        return false;
    }

    public bool TryGetCSeq(out uint number, out ReadOnlySpan<byte> methodName)
    {
        var scanner = new SipScanner(First(SipHeader.CSeq));
        methodName = default;
        if (!scanner.TryTakeNumber(out number))
        {
            return false;
        }

        var end = scanner.Position;
        scanner.SkipLws();
        var hasGap = scanner.Position > end;
        methodName = scanner.TakeToken();
        return hasGap && !methodName.IsEmpty && scanner.IsAtEnd;
    }

    internal ReadOnlySpan<byte> First(SipHeader header) =>
        TryGetHeader(header, out var value) ? value : default;

    private ReadOnlySpan<byte> Tag(SipHeader header)
    {
        var scanner = new SipScanner(First(header));
        return NameAddressScanner.TryScan(ref scanner, out var address)
            && SipParameterReader.TryFind(address.Parameters, "tag"u8, out var tag) ? tag : default;
    }
}
