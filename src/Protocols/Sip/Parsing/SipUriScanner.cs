using System.Text;

namespace Farspan.Sip;

/// <summary>The parts of a URI, as slices of its text (RFC 3261 §19.1.1, RFC 3966 §3).</summary>
internal ref struct SipUriSlices
{
    public SipUriScheme Scheme;
    public ReadOnlySpan<byte> SchemeName;

    /// <summary>User of a SIP URI, subscriber number of a tel URI, everything of another.</summary>
    public ReadOnlySpan<byte> User;
    public bool HasUser;
    public ReadOnlySpan<byte> Password;
    public bool HasPassword;

    /// <summary>With the brackets of an IPv6 reference.</summary>
    public ReadOnlySpan<byte> Host;
    public int? Port;

    /// <summary>From the first semicolon on; empty if there are none.</summary>
    public ReadOnlySpan<byte> Parameters;

    /// <summary>Without the question mark.</summary>
    public ReadOnlySpan<byte> Headers;
}

/// <summary>Checks and takes apart a URI; SIP, SIPS and tel fully, others by their scheme alone.</summary>
internal static class SipUriScanner
{
    public static bool TryScan(ReadOnlySpan<byte> text, out SipUriSlices uri)
    {
        uri = default;
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || !char.IsAsciiLetter((char)text[0]) || text.ContainsAnyExcept(SipCharacters.Uri)
            || text[..colon].ContainsAnyExcept(SipCharacters.Scheme))
        {
            return false;
        }

        uri.SchemeName = text[..colon];
        uri.Scheme = FindScheme(uri.SchemeName);
        var rest = text[(colon + 1)..];
        switch (uri.Scheme)
        {
            case SipUriScheme.Sip or SipUriScheme.Sips:
                return HasGoodEscapes(rest) && TryScanSip(rest, ref uri);

            case SipUriScheme.Tel:
                return HasGoodEscapes(rest) && TryScanTel(rest, ref uri);

            default:
                uri.User = rest;
                return true;
        }
    }

    /// <summary>Scans <c>host [":" port]</c>, as URIs and Vias have it.</summary>
    public static bool TryScanHost(scoped ref SipScanner scanner, out ReadOnlySpan<byte> host)
    {
        var start = scanner.Position;
        if (scanner.TrySkip('['))
        {
            var address = scanner.TakeWhile(SipCharacters.Ipv6);
            var isClosed = scanner.TrySkip(']');
            host = scanner.Slice(start, scanner.Position);
            return isClosed && address.Contains((byte)':');
        }

        host = scanner.TakeWhile(SipCharacters.Host);
        return !host.IsEmpty;
    }

    private static SipUriScheme FindScheme(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when Ascii.EqualsIgnoreCase(name, "sip"u8) => SipUriScheme.Sip,
        3 when Ascii.EqualsIgnoreCase(name, "tel"u8) => SipUriScheme.Tel,
        4 when Ascii.EqualsIgnoreCase(name, "sips"u8) => SipUriScheme.Sips,
        _ => SipUriScheme.Other,
    };

    private static bool TryScanSip(ReadOnlySpan<byte> rest, scoped ref SipUriSlices uri)
    {
        var at = rest.IndexOf((byte)'@');
        if (at >= 0)
        {
            TakeUserInfo(rest[..at], ref uri);
            if (uri.User.IsEmpty)
            {
                return false;
            }
        }

        var scanner = new SipScanner(rest[(at + 1)..]);
        return TryScanHost(ref scanner, out uri.Host)
            && TryScanPort(ref scanner, ref uri)
            && TryScanParameters(ref scanner, ref uri)
            && TryScanHeaders(ref scanner, ref uri);
    }

    private static void TakeUserInfo(ReadOnlySpan<byte> userInfo, scoped ref SipUriSlices uri)
    {
        var colon = userInfo.IndexOf((byte)':');
        uri.HasUser = true;
        uri.HasPassword = colon >= 0;
        uri.User = colon < 0 ? userInfo : userInfo[..colon];
        uri.Password = colon < 0 ? default : userInfo[(colon + 1)..];
    }

    private static bool TryScanPort(scoped ref SipScanner scanner, scoped ref SipUriSlices uri)
    {
        if (!scanner.TrySkip(':'))
        {
            return true;
        }

        var isPort = scanner.TryTakeNumber(out var port) && port is > 0 and <= ushort.MaxValue;
        uri.Port = (int)port;
        return isPort;
    }

    private static bool TryScanTel(ReadOnlySpan<byte> rest, scoped ref SipUriSlices uri)
    {
        var semicolon = rest.IndexOf((byte)';');
        uri.HasUser = true;
        uri.User = semicolon < 0 ? rest : rest[..semicolon];
        var scanner = new SipScanner(rest[uri.User.Length..]);
        return !uri.User.IsEmpty && TryScanParameters(ref scanner, ref uri) && scanner.IsAtEnd;
    }

    private static bool TryScanParameters(scoped ref SipScanner scanner, scoped ref SipUriSlices uri)
    {
        var rest = scanner.Rest;
        var question = rest.IndexOf((byte)'?');
        var text = question < 0 ? rest : rest[..question];
        scanner.Position += text.Length;
        uri.Parameters = text;
        if (text.IsEmpty)
        {
            return true;
        }

        var parameters = new SipUriParameterReader(text);
        while (parameters.MoveNext())
        {
        }

        return !parameters.IsMalformed;
    }

    private static bool TryScanHeaders(scoped ref SipScanner scanner, scoped ref SipUriSlices uri)
    {
        if (scanner.IsAtEnd)
        {
            return true;
        }

        uri.Headers = scanner.Rest[1..];
        return uri.Headers.Length > 0;
    }

    private static bool HasGoodEscapes(ReadOnlySpan<byte> text)
    {
        for (var percent = text.IndexOf((byte)'%'); percent >= 0; percent = text.IndexOf((byte)'%'))
        {
            if (text.Length < percent + 3 || !IsHex(text[percent + 1]) || !IsHex(text[percent + 2]))
            {
                return false;
            }

            text = text[(percent + 3)..];
        }

        return true;
    }

    private static bool IsHex(byte value) => char.IsAsciiHexDigit((char)value);
}
