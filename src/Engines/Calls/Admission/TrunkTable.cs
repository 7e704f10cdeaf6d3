using System.Net;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Finds the trunk of a message by where it came from, and counts what each trunk uses: channels, and
/// new calls a second.
/// </summary>
public sealed class TrunkTable
{
    private readonly (IPNetwork Network, Usage Usage)[] _networks;
    private readonly Dictionary<string, Usage> _usages = [];

    public TrunkTable(IEnumerable<Trunk> trunks)
    {
        List<(IPNetwork Network, Usage Usage)> networks = [];
        foreach (var trunk in trunks)
        {
            var usage = new Usage(trunk);
            _usages.Add(trunk.Name, usage);
            networks.AddRange(trunk.Sources.Select(network => (network, usage)));
        }

        // A stable sort: of equal networks the trunk that is written first is asked first.
        _networks = [.. networks.OrderByDescending(entry => entry.Network.PrefixLength)];
    }

    /// <summary>
    /// The trunk that the source belongs to; null for a stranger. The most specific network decides: what its
    /// trunks do not take over this transport is not for a trunk of a wider network either.
    /// </summary>
    public Trunk? Find(in SipFlow flow)
    {
        var remote = flow.Remote.Address;
        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        int? decisiveLength = null;
        foreach (var (network, usage) in _networks)
        {
            if (network.PrefixLength < decisiveLength)
            {
                break;
            }

            if (network.Contains(address))
            {
                decisiveLength = network.PrefixLength;
                if (usage.Trunk.Transports.Contains(flow.Transport))
                {
                    return usage.Trunk;
                }
            }
        }

        return null;
    }

    /// <summary>The trunk of a name; null if there is none.</summary>
    public Trunk? Find(string name) => _usages.GetValueOrDefault(name)?.Trunk;

    /// <summary>
    /// Takes a channel for a new call, if the trunk has one left and does not call too fast.
    /// </summary>
    public bool TryTake(Trunk trunk, Instant now)
    {
        var usage = _usages[trunk.Name];
        if (usage.Channels >= (trunk.ChannelsMax ?? int.MaxValue) || usage.Rate?.TryTake(now) == false)
        {
            return false;
        }

        usage.Channels++;
        return true;
    }

    /// <summary>The call is over: its channel is free.</summary>
    public void Release(string trunkName)
    {
        var usage = _usages[trunkName];
        Invariant.Require(usage.Channels > 0);
        usage.Channels--;
    }

    /// <summary>Channels in use.</summary>
    public int ChannelsOf(string trunkName) => _usages[trunkName].Channels;

    private sealed class Usage(Trunk trunk)
    {
        public Trunk Trunk { get; } = trunk;

        public int Channels { get; set; }

        public StartRateLimiter? Rate { get; } = trunk.CallsPerSecondMax is { } rate
            ? new StartRateLimiter(rate, Math.Max(1, (int)rate))
            : null;
    }
}
