using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Farspan.Ice;
using Farspan.Kernel;
using Farspan.Sdp;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Where the meetings of a media plane can be reached: each has one socket, bound so that it serves every
/// address.
/// </summary>
internal sealed class CandidateAddresses
{
    private const int MaxFound = 3;

    private readonly IPAddress[] _addresses;

    private CandidateAddresses(IPAddress[] addresses) => _addresses = addresses;

    /// <summary>What to bind a meeting's socket to; port 0.</summary>
    public TransportAddress Binding
    {
        get
        {
            if (_addresses.Length == 1)
            {
                return TransportAddress.From(_addresses[0], 0);
            }

            var hasIPv6 = _addresses.Any(each => each.AddressFamily == AddressFamily.InterNetworkV6);
            return TransportAddress.From(hasIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        }
    }

    public static CandidateAddresses From(MeetingMediaSettings settings) =>
        new(settings.Addresses.Count > 0 ? [.. settings.Addresses.Select(IPAddress.Parse)] : FindOwn());

    /// <summary>The address that the transport itself goes by.</summary>
    public TransportAddress Best(ushort port) => TransportAddress.From(_addresses[0], port);

    /// <summary>
    /// Host candidates of one base for every address but the best, which the transport names itself.
    /// </summary>
    public ImmutableArray<IceCandidateAttribute> Others(ushort port) =>
    [
        .. from pair in _addresses.Index().Skip(1)
           let address = TransportAddress.From(pair.Item, port)
           let preference = (ushort)(IceLocalCandidate.BestPreference - pair.Index)
           select ToAttribute(IceLocalCandidate.Host(baseId: 0, address, preference).Candidate),
    ];

    private static IceCandidateAttribute ToAttribute(IceCandidate candidate)
    {
        var text = candidate.ToString()["candidate:".Length..];
        Invariant.Require(IceCandidateAttribute.TryParse(text, out var attribute));
        return attribute;
    }

    private static IPAddress[] FindOwn()
    {
        var found = from adapter in NetworkInterface.GetAllNetworkInterfaces()
                    where adapter.OperationalStatus == OperationalStatus.Up
                    where adapter.NetworkInterfaceType != NetworkInterfaceType.Loopback
                    from unicast in adapter.GetIPProperties().UnicastAddresses
                    where unicast.Address.AddressFamily == AddressFamily.InterNetwork
                    select unicast.Address;
        return [.. found.Take(MaxFound), IPAddress.Loopback];
    }
}
