using System.Text;

namespace Farspan.Calls;

/// <summary>
/// The attributes of a contact, as a flow sees them under <c>$.Attributes</c>: keys of letters, digits, '-'
/// and '_', together at most <see cref="ConnectLimits.MaxAttributesBytes"/>. They keep the order in which
/// they came.
/// </summary>
public sealed class ContactAttributes
{
    private readonly List<KeyValuePair<string, string>> _items = [];
    private int _bytes;

    public IReadOnlyList<KeyValuePair<string, string>> Items => _items;

    /// <summary>
    /// False, changing nothing, for a key that is not allowed or there already, or over the limit.
    /// </summary>
    public bool TryAdd(string key, string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
        if (!IsKey(key) || _bytes + bytes > ConnectLimits.MaxAttributesBytes || Contains(key))
        {
            return false;
        }

        _items.Add(new KeyValuePair<string, string>(key, value));
        _bytes += bytes;
        return true;
    }

    private static bool IsKey(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private bool Contains(string key) => _items.Exists(item => item.Key == key);
}
