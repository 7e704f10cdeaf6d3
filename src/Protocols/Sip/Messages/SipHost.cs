using System.Net;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>Hosts as URIs and Vias write them (RFC 3261 §25.1, RFC 5954).</summary>
internal static class SipHost
{
    /// <summary>Puts an IPv6 address into brackets; the host must be one the grammar allows.</summary>
    public static string Bracket(string host)
    {
        var bracketed = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
        Invariant.Require(IsHost(bracketed));
        return bracketed;
    }

    /// <summary>The address, if the host is one and not a name.</summary>
    public static IPAddress? Address(string host) =>
        IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) ? address : null;

    private static bool IsHost(string host)
    {
        var scanner = new SipScanner(Encoding.UTF8.GetBytes(host));
        return SipUriScanner.TryScanHost(ref scanner, out _) && scanner.IsAtEnd;
    }
}
