using System.Buffers;
using System.Text;

namespace Farspan.Sip;

/// <summary>Character classes of the SIP grammar (RFC 3261 §25.1).</summary>
internal static class SipCharacters
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static readonly SearchValues<byte> Token = Set(Alphanumeric + "-.!%*_+`'~");

    public static readonly SearchValues<byte> Unreserved = Set(Alphanumeric + "-_.!~*'()");

    /// <summary>May stand unescaped in the user part: unreserved and user-unreserved.</summary>
    public static readonly SearchValues<byte> User = Set(Alphanumeric + "-_.!~*'()&=+$,;?/");

    /// <summary>May stand unescaped in a URI parameter: unreserved and param-unreserved.</summary>
    public static readonly SearchValues<byte> UriParameter = Set(Alphanumeric + "-_.!~*'()[]/:&+$");

    /// <summary>Letters of schemes (RFC 3986 §3.1).</summary>
    public static readonly SearchValues<byte> Scheme = Set(Alphanumeric + "+-.");

    /// <summary>Letters of host names; the underscore is no host name's, but seen in the field.</summary>
    public static readonly SearchValues<byte> Host = Set(Alphanumeric + "-._");

    public static readonly SearchValues<byte> Ipv6 = Set("0123456789ABCDEFabcdef:.");

    /// <summary>All that a URI is made of: visible ASCII without its delimiters.</summary>
    public static readonly SearchValues<byte> Uri = Set(VisibleExcept("<>\""));

    /// <summary>All that a parameter's unquoted value may hold; wider than the RFC's gen-value.</summary>
    public static readonly SearchValues<byte> ParameterValueEnd = Set(Controls() + ";,\"<> \t");

    /// <summary>
    /// Ends an unbracketed address (RFC 3261 §20: then no comma, question mark or semicolon is in it).
    /// </summary>
    public static readonly SearchValues<byte> AddressSpecEnd = Set(";, \t\r\n");

    /// <summary>Decides whether what we read is a display name or an address.</summary>
    public static readonly SearchValues<byte> AddressMarks = Set("<;,\"");

    /// <summary>May not be in an unquoted display name: its delimiters, and controls.</summary>
    public static readonly SearchValues<byte> NotInDisplayName =
        Set(Controls().Replace("\r", "").Replace("\n", "") + "\"<>,;:@\\");

    /// <summary>Where splitting a list has to look: commas, and what hides commas.</summary>
    public static readonly SearchValues<byte> ListMarks = Set(",\"<");

    /// <summary>May not be in a Call-ID: white space and controls.</summary>
    public static readonly SearchValues<byte> Blank = Set(Controls() + " \t");

    /// <summary>Never written by us inside a header line.</summary>
    public static readonly SearchValues<byte> Control = Set(Controls());

    public static bool IsLws(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    public static bool IsToken(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(Token);

    public static bool IsToken(string text)
    {
        foreach (var character in text)
        {
            if (character > 0x7E || !Token.Contains((byte)character))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    public static ReadOnlySpan<byte> TrimLws(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    private static SearchValues<byte> Set(string characters) =>
        SearchValues.Create(Encoding.Latin1.GetBytes(characters));

    private static string VisibleExcept(string exceptions) =>
        string.Concat(Enumerable.Range(0x21, 0x5E).Select(code => (char)code).Except(exceptions));

    private static string Controls() =>
        string.Concat(Enumerable.Range(0, 0x20).Append(0x7F).Select(code => (char)code).Except("\t"));
}
