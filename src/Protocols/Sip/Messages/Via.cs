using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>One hop a request took and its response takes back (RFC 3261 §18, §20.42, RFC 3581).</summary>
public sealed class Via
{
    /// <summary>What RFC 3261 branches begin with (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    private string? _text;

    /// <summary>Makes the Via of an element of ours.</summary>
    /// <param name="transport">UDP, TCP or TLS.</param>
    /// <param name="host">Our host, where responses may also come to.</param>
    /// <param name="port">Null for the default of the transport.</param>
    /// <param name="branch">Begins with <see cref="MagicCookie"/>; unique for the transaction.</param>
    public Via(string transport, string host, int? port, string branch)
        : this(transport, SipHost.Bracket(host), port, SipParameters.Empty.With("branch", branch))
    {
        Invariant.Require(SipCharacters.IsToken(transport) && SipCharacters.IsToken(branch));
        Invariant.Require(port is null or (> 0 and <= ushort.MaxValue));
    }

    /// <inheritdoc cref="Via(string, string, int?, string)"/>
    public Via(string transport, IPEndPoint sentBy, string branch)
        : this(transport, sentBy.Address.ToWireText(), sentBy.Port, branch)
    {
    }

    private Via(string transport, string host, int? port, SipParameters parameters)
    {
        Transport = transport;
        Host = host;
        Port = port;
        Parameters = parameters;
    }

    /// <summary>In upper case, such as UDP, TCP, TLS, WSS.</summary>
    public string Transport { get; }

    /// <summary>Host of sent-by; IPv6 addresses have their brackets.</summary>
    public string Host { get; }

    /// <summary>Port of sent-by; null if not given.</summary>
    public int? Port { get; }

    public SipParameters Parameters { get; }

    /// <summary>Null in a request of an RFC 2543 element.</summary>
    public string? Branch => Parameters["branch"];

    /// <summary>
    /// Whether the branch identifies the transaction (RFC 3261 §17.2.3); false for a cookie with nothing
    /// behind it.
    /// </summary>
    public bool HasMagicCookie =>
        Branch is { } branch && branch.Length > MagicCookie.Length
        && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the request really came from; null if not given or not an address.</summary>
    public IPAddress? Received => Parameters["received"] is { } host ? SipHost.Address(host) : null;

    /// <summary>Whether the client asks for symmetric response routing (RFC 3581).</summary>
    public bool HasRport => Parameters.Contains("rport");

    /// <summary>The port the request really came from; null if not filled in.</summary>
    public int? Rport
    {
        get
        {
            var isNumber = ushort.TryParse(Parameters["rport"], NumberStyles.None, null, out var port);
            return isNumber && port > 0 ? port : null;
        }
    }

    /// <summary>Multicast or fixed address to answer to; null if not given.</summary>
    public string? Maddr => Parameters["maddr"];

    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Via? via)
    {
        var scanner = new SipScanner(text);
        return TryRead(ref scanner, out via) && scanner.IsAtEnd;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out Via? via) =>
        TryParse(Encoding.UTF8.GetBytes(text), out via);

    /// <summary>Sets a parameter; null sets one without a value.</summary>
    public Via WithParameter(string name, string? value = null)
    {
        Invariant.Require(SipCharacters.IsToken(name));
        var wireValue = value is null ? null : SipText.QuoteUnlessToken(value);
        return new Via(Transport, Host, Port, Parameters.With(name, wireValue));
    }

    /// <summary>Asks the server to answer to the port the request comes from (RFC 3581 §3).</summary>
    public Via WithRport() => WithParameter("rport");

    /// <summary>
    /// Notes where the request came from: <c>received</c> if that differs from sent-by or rport was asked
    /// for,
    /// and the port if rport was asked for (RFC 3261 §18.2.1, RFC 3581 §4).
    /// </summary>
    public Via WithSource(IPEndPoint source)
    {
        var address = (source.Address.IsIPv4MappedToIPv6 ? source.Address.MapToIPv4() : source.Address)
            .WithoutZone();
        if (!HasRport)
        {
            // A received that the peer wrote itself would send our answer where it likes.
            return address.Equals(SipHost.Address(Host))
                ? new Via(Transport, Host, Port, Parameters.Without("received"))
                : WithParameter("received", address.ToString());
        }

        return WithParameter("received", address.ToString()).WithParameter("rport", source.Port.ToString());
    }

    public override string ToString() => _text ??= Write();

    /// <summary>Reads one value of a list and leaves the cursor at its comma or at the end.</summary>
    internal static bool TryRead(scoped ref SipScanner scanner, [NotNullWhen(true)] out Via? via)
    {
        if (!ViaScanner.TryScan(ref scanner, out var slices))
        {
            via = null;
            return false;
        }

        via = new Via(
            TransportName(slices.Transport),
            SipText.Decode(slices.Host),
            slices.Port,
            SipParameters.FromHeader(slices.Parameters));
        return true;
    }

    private static string TransportName(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("UDP"u8) ? "UDP"
        : name.SequenceEqual("TCP"u8) ? "TCP"
        : name.SequenceEqual("TLS"u8) ? "TLS"
        : SipText.Decode(name).ToUpperInvariant();

    private string Write()
    {
        var text = new StringBuilder(80).Append("SIP/2.0/").Append(Transport).Append(' ').Append(Host);
        if (Port is { } port)
        {
            text.Append(':').Append(port);
        }

        foreach (var parameter in Parameters)
        {
            text.Append(';').Append(parameter.ToString());
        }

        return text.ToString();
    }
}
