using System.Text;

namespace Farspan.Sip;

/// <summary>
/// Names, compact forms and list grammar of the known header fields (RFC 3261 §7.3.3, §20, §25.1).
/// </summary>
internal static class SipHeaderTable
{
    private const bool List = true;

    /// <summary>In the order of <see cref="SipHeader"/>; a test compares the two.</summary>
    private static readonly Row[] _rows =
    [
        new(""),
        new("Accept", List),
        new("Accept-Contact", List, 'a'),
        new("Accept-Encoding", List),
        new("Accept-Language", List),
        new("Alert-Info", List),
        new("Allow", List),
        new("Allow-Events", List, 'u'),
        new("Authentication-Info"),
        new("Authorization"),
        new("Call-ID", Compact: 'i'),
        new("Call-Info", List),
        new("Contact", List, 'm'),
        new("Content-Disposition"),
        new("Content-Encoding", List, 'e'),
        new("Content-Language", List),
        new("Content-Length", Compact: 'l'),
        new("Content-Type", Compact: 'c'),
        new("CSeq"),
        new("Date"),
        new("Diversion", List),
        new("Error-Info", List),
        new("Event", Compact: 'o'),
        new("Expires"),
        new("From", Compact: 'f'),
        new("History-Info", List),
        new("Identity", Compact: 'y'),
        new("In-Reply-To", List),
        new("Join"),
        new("Max-Forwards"),
        new("MIME-Version"),
        new("Min-Expires"),
        new("Min-SE"),
        new("Organization"),
        new("P-Asserted-Identity", List),
        new("Path", List),
        new("P-Preferred-Identity", List),
        new("Priority"),
        new("Privacy"),
        new("Proxy-Authenticate"),
        new("Proxy-Authorization"),
        new("Proxy-Require", List),
        new("RAck"),
        new("Reason", List),
        new("Record-Route", List),
        new("Referred-By", Compact: 'b'),
        new("Refer-To", Compact: 'r'),
        new("Reject-Contact", List, 'j'),
        new("Replaces"),
        new("Reply-To"),
        new("Request-Disposition", List, 'd'),
        new("Require", List),
        new("Retry-After"),
        new("Route", List),
        new("RSeq"),
        new("Server"),
        new("Service-Route", List),
        new("Session-Expires", Compact: 'x'),
        new("Session-ID"),
        new("Subject", Compact: 's'),
        new("Subscription-State"),
        new("Supported", List, 'k'),
        new("Timestamp"),
        new("To", Compact: 't'),
        new("Unsupported", List),
        new("User-Agent"),
        new("User-to-User", List),
        new("Via", List, 'v'),
        new("Warning", List),
        new("WWW-Authenticate"),
    ];

    private static readonly byte[][] _names =
        Array.ConvertAll(_rows, row => Encoding.ASCII.GetBytes(row.Name));
    private static readonly SipHeader[] _byCompactForm = IndexCompactForms();
    private static readonly SipHeader[][] _byLength = IndexByLength();

    /// <summary>The full name; empty for <see cref="SipHeader.Other"/>.</summary>
    public static string Name(SipHeader header) => _rows[(int)header].Name;

    public static ReadOnlySpan<byte> NameBytes(SipHeader header) => _names[(int)header];

    /// <summary>Whether values may be joined with commas; never assumed of headers we do not know.</summary>
    public static bool IsList(SipHeader header) => _rows[(int)header].IsList;

    /// <summary>Finds a full or compact name, in any case.</summary>
    public static SipHeader Find(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
        {
            var letter = (name[0] | 0x20) - 'a';
            return letter is >= 0 and < 26 ? _byCompactForm[letter] : SipHeader.Other;
        }

        if (name.Length >= _byLength.Length)
        {
            return SipHeader.Other;
        }

        foreach (var candidate in _byLength[name.Length])
        {
            if (Ascii.EqualsIgnoreCase(name, _names[(int)candidate]))
            {
                return candidate;
            }
        }

        return SipHeader.Other;
    }

    public static SipHeader Find(string name)
    {
        Span<byte> bytes = stackalloc byte[32];
        return Encoding.UTF8.TryGetBytes(name, bytes, out var written)
            ? Find(bytes[..written])
            : SipHeader.Other;
    }

    private static SipHeader[] IndexCompactForms()
    {
        var index = new SipHeader[26];
        for (var i = 1; i < _rows.Length; i++)
        {
            if (_rows[i].Compact is not '\0' and var letter)
            {
                index[letter - 'a'] = (SipHeader)i;
            }
        }

        return index;
    }

    private static SipHeader[][] IndexByLength()
    {
        var lists = new List<SipHeader>[_names.Max(name => name.Length) + 1];
        for (var i = 1; i < _names.Length; i++)
        {
            (lists[_names[i].Length] ??= []).Add((SipHeader)i);
        }

        return Array.ConvertAll(lists, list => list?.ToArray() ?? []);
    }

    private readonly record struct Row(string Name, bool IsList = false, char Compact = '\0');
}
