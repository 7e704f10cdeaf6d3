namespace Farspan.Sip;

/// <summary>Walks over the <c>;name=value</c> parameters of a URI (RFC 3261 §19.1.1).</summary>
internal ref struct SipUriParameterReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;
    private int _count;

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool HasValue { get; private set; }

    /// <summary>
    /// True once a parameter has no name, or there are more than <see cref="SipLimits.MaxParameters"/>.
    /// </summary>
    public bool IsMalformed { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var start = _rest[0] == ';' ? _rest[1..] : default;
        var length = start.IndexOf((byte)';');
        var parameter = length < 0 ? start : start[..length];
        _rest = start[parameter.Length..];

        var equal = parameter.IndexOf((byte)'=');
        HasValue = equal >= 0;
        Name = HasValue ? parameter[..equal] : parameter;
        Value = HasValue ? parameter[(equal + 1)..] : default;
        IsMalformed |= Name.IsEmpty || ++_count > SipLimits.MaxParameters;
        return !IsMalformed;
    }
}
