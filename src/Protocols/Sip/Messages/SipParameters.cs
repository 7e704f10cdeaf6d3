using System.Collections;

namespace Farspan.Sip;

/// <summary>The parameters of a header value or a URI, in their order; immutable (RFC 3261 §7.3.1).</summary>
public sealed class SipParameters : IReadOnlyList<SipParameter>
{
    private readonly SipParameter[] _items;

    internal SipParameters(SipParameter[] items) => _items = items;

    public static SipParameters Empty { get; } = new([]);

    public int Count => _items.Length;

    public SipParameter this[int index] => _items[index];

    /// <summary>The value as written; null if there is no such parameter or it has no value.</summary>
    public string? this[string name] => TryGet(name, out var value) ? value : null;

    public bool Contains(string name) => TryGet(name, out _);

    /// <summary>Finds the first of that name; its value is null if it has none.</summary>
    public bool TryGet(string name, out string? value)
    {
        var index = IndexOf(name);
        value = index < 0 ? null : _items[index].Value;
        return index >= 0;
    }

    /// <summary>The value without quotes and escapes.</summary>
    public string? GetText(string name) => this[name] is { } value ? SipText.Unquote(value) : null;

    public IEnumerator<SipParameter> GetEnumerator() => ((IEnumerable<SipParameter>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>Reads parameters that a scanner found well-formed.</summary>
    internal static SipParameters FromHeader(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return Empty;
        }

        var items = new List<SipParameter>();
        var reader = new SipParameterReader(text);
        while (reader.MoveNext())
        {
            var value = reader.HasValue ? SipText.Decode(reader.Value) : null;
            items.Add(new SipParameter(SipText.Decode(reader.Name), value));
        }

        return new SipParameters([.. items]);
    }

    /// <summary>Reads parameters that a scanner found well-formed, with needless escapes removed.</summary>
    internal static SipParameters FromUri(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return Empty;
        }

        var items = new List<SipParameter>();
        var reader = new SipUriParameterReader(text);
        while (reader.MoveNext())
        {
            var value = reader.HasValue ? SipText.NormalizeEscapes(reader.Value) : null;
            items.Add(new SipParameter(SipText.NormalizeEscapes(reader.Name), value));
        }

        return new SipParameters([.. items]);
    }

    /// <summary>Replaces the parameter of that name where it stands, or appends it.</summary>
    internal SipParameters With(string name, string? wireValue)
    {
        var parameter = new SipParameter(name, wireValue);
        var index = IndexOf(name);
        if (index < 0)
        {
            return new SipParameters([.. _items, parameter]);
        }

        SipParameter[] items = [.. _items];
        items[index] = parameter;
        return new SipParameters(items);
    }

    internal SipParameters Without(string name) =>
        Contains(name) ? new SipParameters(Array.FindAll(_items, item => !IsNamed(item, name))) : this;

    private static bool IsNamed(SipParameter item, string name) =>
        string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase);

    private int IndexOf(string name)
    {
        for (var i = 0; i < _items.Length; i++)
        {
            if (IsNamed(_items[i], name))
            {
                return i;
            }
        }

        return -1;
    }
}
