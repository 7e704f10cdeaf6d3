using System.Globalization;
using System.Net;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>
/// The kinds of values that name places in the network. Host names are not among them: they change.
/// </summary>
internal static class NetworkKinds
{
    public static ScalarKind<IPAddress> Address { get; } = new(
        "an IP address",
        "192.0.2.10",
        text => TransportAddress.TryParse(text, 0, out var address)
            ? address.ToIPAddress()
            : Parsed<IPAddress>.Bad("is not an IP address"),
        address => address.ToString());

    public static ScalarKind<IPEndPoint> EndPoint { get; } = new(
        "an IP address and port",
        "127.0.0.1:8443",
        text => TransportAddress.TryParse(text, out var address)
            ? address.ToIPEndPoint()
            : Parsed<IPEndPoint>.Bad("is not an IP address and port"),
        endPoint => endPoint.ToString());

    public static ScalarKind<IPNetwork> Network { get; } = new(
        "an IP address, or a network in CIDR notation", "203.0.113.0/24", ParseNetwork,
        network => network.ToString());

    public static ScalarKind<SipListenPoint> ListenPoint { get; } = new(
        "`udp:`, `tcp:` or `tls:` with an IP address and port",
        "udp:0.0.0.0:5060",
        ParseListenPoint,
        point => point.ToString());

    public static ScalarKind<PortRange> Ports { get; } = new(
        "two ports from 1024 to 65535 with '-' between them", "20000-29999", ParsePorts,
        range => range.ToString());

    public static ScalarKind<Uri> Url { get; } = new(
        "an http or https URL", "http://127.0.0.1:8480", ParseUrl, url => url.ToString());

    private static Parsed<IPNetwork> ParseNetwork(string text)
    {
        var slash = text.IndexOf('/');
        var host = slash < 0 ? text : text[..slash];
        if (!TransportAddress.TryParse(host, 0, out var parsed))
        {
            return Parsed<IPNetwork>.Bad("is not an IP address or a network");
        }

        var address = parsed.ToIPAddress();
        var bits = 8 * parsed.AddressBytes;
        var length = bits;
        if (slash >= 0 && !(TryParseNumber(text[(slash + 1)..], out length) && length <= bits))
        {
            return Parsed<IPNetwork>.Bad($"has a prefix length that is not a number from 0 to {bits}");
        }

        var network = Mask(address, length);
        return network.Equals(address)
            ? new IPNetwork(address, length)
            : Parsed<IPNetwork>.Bad("is an address inside a network", $"Did you mean '{network}/{length}'?");
    }

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static IPAddress Mask(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (8 * i), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    private static Parsed<SipListenPoint> ParseListenPoint(string text)
    {
        var colon = text.IndexOf(':');
        SipTransport? transport = (colon < 0 ? "" : text[..colon]) switch
        {
            "udp" => SipTransport.Udp,
            "tcp" => SipTransport.Tcp,
            "tls" => SipTransport.Tls,
            _ => null,
        };
        return transport is { } known && TransportAddress.TryParse(text.AsSpan(colon + 1), out var address)
            ? new SipListenPoint(known, address.ToIPEndPoint())
            : Parsed<SipListenPoint>.Bad("is not a transport, an IP address and a port");
    }

    private static Parsed<PortRange> ParsePorts(string text)
    {
        var parts = text.Split('-');
        return parts.Length == 2
            && TryParseNumber(parts[0], out var first)
            && TryParseNumber(parts[1], out var last)
            && first >= 1024 && last > first && last <= IPEndPoint.MaxPort
                ? new PortRange(first, last)
                : Parsed<PortRange>.Bad("is not a range of ports from 1024 to 65535");
    }

    private static Parsed<Uri> ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is ("http" or "https")
        && url.UserInfo.Length == 0
        && url.Query.Length == 0
        && url.Fragment.Length == 0
            ? url
            : Parsed<Uri>.Bad("is not an http or https URL without user, query and fragment");
}
