using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Farspan.Stun;

/// <summary>
/// Where a TURN server is: <c>turn:host:3478?transport=udp</c>, <c>turns:host:443?transport=tcp</c>
/// (RFC 7065).
/// </summary>
/// <param name="Host">A name or an address literal, without brackets.</param>
/// <param name="Port">The one given, else 3478, or 5349 with TLS.</param>
/// <param name="Transport">The one given, else UDP, or TCP with TLS (RFC 7065 §3, RFC 5928 §3).</param>
/// <param name="IsSecure">TLS over TCP, DTLS over UDP.</param>
public sealed record TurnUri(string Host, ushort Port, TurnTransport Transport, bool IsSecure)
{
    private const ushort DefaultPort = 3478;
    private const ushort DefaultSecurePort = 5349;
    private const string TransportPrefix = "transport=";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>False for any other scheme, transport or form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out TurnUri? uri)
    {
        uri = null;
        var colon = text.IndexOf(':');
        var scheme = colon < 0 ? default : text[..colon];
        var isSecure = scheme.Equals("turns", StringComparison.OrdinalIgnoreCase);
        if (!isSecure && !scheme.Equals("turn", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = text[(colon + 1)..];
        var query = rest.IndexOf('?');
        var authority = query < 0 ? rest : rest[..query];
        if (!TryReadTransport(query < 0 ? default : rest[(query + 1)..], isSecure, out var transport)
            || !TrySplit(authority, isSecure ? DefaultSecurePort : DefaultPort, out var host, out var port))
        {
            return false;
        }

        uri = new TurnUri(host.ToString(), port, transport, isSecure);
        return true;
    }

    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        var transport = Transport == TurnTransport.Udp ? "udp" : "tcp";
        return $"{(IsSecure ? "turns" : "turn")}:{host}:{Port}?{TransportPrefix}{transport}";
    }

    private static bool TryReadTransport(ReadOnlySpan<char> query, bool isSecure, out TurnTransport transport)
    {
        transport = isSecure ? TurnTransport.Tcp : TurnTransport.Udp;
        if (query.IsEmpty)
        {
            return true;
        }

        if (!query.StartsWith(TransportPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var value = query[TransportPrefix.Length..];
        var isTcp = value.Equals("tcp", StringComparison.OrdinalIgnoreCase);
        transport = isTcp ? TurnTransport.Tcp : TurnTransport.Udp;
        return isTcp || value.Equals("udp", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TrySplit(
        ReadOnlySpan<char> authority,
        ushort defaultPort,
        out ReadOnlySpan<char> host,
        out ushort port)
    {
        port = defaultPort;
        var isLiteral = authority.Length > 0 && authority[0] == '[';
        var hostEnd = authority.IndexOf(isLiteral ? ']' : ':');
        hostEnd = hostEnd < 0 ? authority.Length : hostEnd;
        host = authority[(isLiteral ? 1 : 0)..hostEnd];
        var rest = authority[Math.Min(authority.Length, isLiteral ? hostEnd + 1 : hostEnd)..];
        var hasHost = isLiteral ? hostEnd < authority.Length && IsIPv6(host) : IsName(host);
        return hasHost && (rest.IsEmpty || (rest[0] == ':' && TryReadPort(rest[1..], out port)));
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port != 0;

    private static bool IsName(ReadOnlySpan<char> host) =>
        host.Length is > 0 and <= TurnLimits.MaxHostCharacters && !host.ContainsAnyExcept(NameCharacters);

    private static bool IsIPv6(ReadOnlySpan<char> host) =>
        !host.ContainsAny("[]%")
        && IPAddress.TryParse(host, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6;
}
