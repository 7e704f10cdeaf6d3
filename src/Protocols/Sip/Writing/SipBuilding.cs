using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>What the two builders share.</summary>
internal static class SipBuilding
{
    /// <summary>Requires a legal name that no property of a builder writes.</summary>
    public static void RequireFreeHeader(string name)
    {
        Invariant.Require(SipCharacters.IsToken(name));
        Invariant.Require(SipHeaderTable.Find(name) is not (SipHeader.Via or SipHeader.From or SipHeader.To
            or SipHeader.CallId or SipHeader.CSeq or SipHeader.MaxForwards
            or SipHeader.ContentLength or SipHeader.ContentType));
    }

    public static void WriteEach<T>(SipTextWriter writer, SipHeader header, IList<T> values)
        where T : class
    {
        foreach (var value in values)
        {
            writer.Header(header, value.ToString()!);
        }
    }

    public static void WriteRest(
        SipTextWriter writer,
        NameAddress? contact,
        List<(string Name, string Value)> headers,
        string? contentType)
    {
        if (contact is not null)
        {
            writer.Header(SipHeader.Contact, contact.ToString());
        }

        foreach (var (name, value) in headers)
        {
            writer.Text(name);
            writer.Raw(": "u8);
            writer.Text(value);
            writer.Raw("\r\n"u8);
        }

        if (contentType is not null)
        {
            writer.Header(SipHeader.ContentType, contentType);
        }
    }

    /// <summary>Reads back what was written: what we send is what we would accept.</summary>
    public static SipMessage Parse(ReadOnlySpan<byte> bytes)
    {
        var isGood = SipParser.TryParse(bytes, SipFraming.Stream, out var message, out var error);
        Invariant.Require(isGood, $"built a bad message: {error}");
        return message!;
    }
}
