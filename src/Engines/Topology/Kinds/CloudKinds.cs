using System.Globalization;
using System.Net;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The kinds of values that clouds and networks have.</summary>
internal static class CloudKinds
{
    /// <summary>A number of an autonomous system (RFC 6793 §2); whether it may be used is not said.</summary>
    public static ScalarKind<uint> Asn { get; } = new(
        "a number of an autonomous system, from 0 to 4294967295",
        "64600",
        text => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asn)
            ? asn
            : Parsed<uint>.Bad("is not a whole number from 0 to 4294967295"),
        asn => asn.ToString(CultureInfo.InvariantCulture))
    {
        Shape = JsonShape.Integer,
    };

    public static ScalarKind<InterfaceAddress> InterfaceAddress { get; } = new(
        "an address and the length of its network", "169.254.64.1/29", ParseInterfaceAddress,
        address => address.ToString());

    public static ScalarKind<PortSpan> Ports { get; } = new(
        "a port, or two ports with '-' between them", "5060", ParsePorts, span => span.ToString())
    {
        Shape = new JsonShape.Either([JsonShape.Text, JsonShape.Integer]),
    };

    public static ScalarKind<SipPort> SipPort { get; } = new(
        "`udp:`, `tcp:` or `tls:` with a port", "udp:5060", ParseSipPort, port => port.ToString());

    public static ScalarKind<DateOnly> Date { get; } = new(
        "a date",
        "2027-06-30",
        text => DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var date)
            ? date
            : Parsed<DateOnly>.Bad("is not a date such as 2027-06-30"),
        date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static ScalarKind<TimeOnly> TimeOfDay { get; } = new(
        "a time of day",
        "\"08:00\"",
        text => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, default, out var time)
            ? time
            : Parsed<TimeOnly>.Bad("is not a time of day such as 08:00"),
        time => $"\"{time.ToString("HH:mm", CultureInfo.InvariantCulture)}\"");

    public static ScalarKind<string> GoogleRegion { get; } =
        ValueKinds.Identifier("a region of Google Cloud", "us-east4", "-", 32);

    public static ScalarKind<string> AwsRegion { get; } =
        ValueKinds.Identifier("an AWS region", "us-east-1", "-", 32);

    /// <summary>What both clouds take as a name (RFC 1035 §2.3.1).</summary>
    public static ScalarKind<string> ResourceName { get; } = ValueKinds.Identifier(
        "a name: up to 40 letters, digits and '-'", "main", "-", 40);

    public static ScalarKind<string> Zone { get; } =
        ValueKinds.Identifier("a zone", "us-east-1a", "-", 40);

    public static ScalarKind<string> HostName { get; } =
        ValueKinds.Identifier("a host name or an IP address", "sip.example.com", "-.:_", 253);

    public static ScalarKind<string> MachineType { get; } =
        ValueKinds.Identifier("a machine type", "c7i.2xlarge", "-.", 64);

    /// <summary>A telephone number, or the beginning of some: <c>+1800555*</c>.</summary>
    public static ScalarKind<string> Number { get; } =
        ValueKinds.Identifier("a telephone number", "\"+18005550*\"", "+*", 32);

    public static ScalarKind<string> DisplayName { get; } = ValueKinds.Text("inbound", 127);

    public static ScalarKind<string> Algorithm { get; } =
        ValueKinds.Identifier("an algorithm as AWS calls it", "AES256-GCM-16", "-", 32);

    public static WordKind<LinkTransport> Transport { get; } = ValueKinds.Word(
        ("partner-cross-cloud-interconnect", LinkTransport.PartnerCrossCloud),
        ("cross-cloud-interconnect", LinkTransport.CrossCloud),
        ("colo-interconnect", LinkTransport.Colo),
        ("ha-vpn", LinkTransport.HaVpn));

    public static WordKind<SipTransport> SipTransport { get; } = ValueKinds.Word(
        ("udp", Sip.SipTransport.Udp), ("tcp", Sip.SipTransport.Tcp), ("tls", Sip.SipTransport.Tls));

    private static Parsed<InterfaceAddress> ParseInterfaceAddress(string text)
    {
        var slash = text.IndexOf('/');
        return slash > 0
            && TransportAddress.TryParse(text.AsSpan(0, slash), 0, out var address)
            && TryParseNumber(text[(slash + 1)..], 8 * address.AddressBytes, out var length)
                ? new InterfaceAddress(address.ToIPAddress(), length)
                : Parsed<InterfaceAddress>.Bad("is not an address and the length of its network");
    }

    private static Parsed<PortSpan> ParsePorts(string text)
    {
        var parts = text.Split('-');
        return parts.Length <= 2
            && TryParseNumber(parts[0], IPEndPoint.MaxPort, out var first)
            && TryParseNumber(parts[^1], IPEndPoint.MaxPort, out var last)
            && first <= last
                ? new PortSpan(first, last)
                : Parsed<PortSpan>.Bad("is not a port, nor two with '-' between them");
    }

    private static Parsed<SipPort> ParseSipPort(string text)
    {
        var colon = text.IndexOf(':');
        SipTransport? transport = (colon < 0 ? "" : text[..colon]) switch
        {
            "udp" => Sip.SipTransport.Udp,
            "tcp" => Sip.SipTransport.Tcp,
            "tls" => Sip.SipTransport.Tls,
            _ => null,
        };
        return transport is { } known && TryParseNumber(text[(colon + 1)..], IPEndPoint.MaxPort, out var port)
            ? new SipPort(known, port)
            : Parsed<SipPort>.Bad("is not a transport and a port");
    }

    private static bool TryParseNumber(string text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
