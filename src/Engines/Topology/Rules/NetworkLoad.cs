namespace Farspan.Topology;

/// <summary>
/// What calls need of a network, by arithmetic: G.711 in packets of 20 ms is the most that a carrier sends.
/// </summary>
internal static class NetworkLoad
{
    /// <summary>
    /// Of one call on a link, each way: 50 packets a second of 160 bytes of audio, 12 of RTP, 10 of SRTP (RFC 3711
    /// §5.2), 8 of UDP, 20 of IP and 18 of Ethernet with its VLAN.
    /// </summary>
    private const double BitsPerSecond = 50 * (160 + 12 + 10 + 8 + 20 + 18) * 8;

    /// <summary>Of one call on a link, both directions together.</summary>
    private const int PacketsPerSecond = 100;

    /// <summary>All carriers' calls at once in the busiest hour.</summary>
    public static int PeakCalls(Network network) => network.Carriers.Sum(carrier => carrier.PeakCalls);

    /// <summary>All carriers' new calls a second in the busiest hour.</summary>
    public static double PeakCallsPerSecond(Network network) =>
        network.Carriers.Sum(carrier => carrier.PeakCallsPerSecond);

    /// <summary>The calls that come to a region when the heaviest of the others is lost.</summary>
    public static int CallsAtWorst(Network network, Region region) =>
        (int)Math.Ceiling(PeakCalls(network) * ShareAtWorst(network, region));

    /// <summary>The part of all calls that comes to a region when the heaviest of the others is lost.</summary>
    public static double ShareAtWorst(Network network, Region region)
    {
        var all = network.Regions.Sum(each => each.Weight);
        var lost = network.Regions.Where(each => each != region).Select(each => each.Weight).DefaultIfEmpty().Max();
        return all > lost ? (double)region.Weight / (all - lost) : 1;
    }

    /// <summary>Each way; the calls' packets, nothing else.</summary>
    public static double BandwidthMbps(int calls) => calls * BitsPerSecond / 1_000_000;

    /// <summary>Both directions together.</summary>
    public static long Packets(int calls) => (long)calls * PacketsPerSecond;

    /// <summary>Calls beyond the peak that must find room after one failure, as a factor; 1 if nobody asks.</summary>
    public static double Headroom(Network network)
    {
        var percent = network.Objectives
            .Where(objective => objective.Failures == 1)
            .Select(objective => objective.HeadroomPercent ?? 0)
            .DefaultIfEmpty()
            .Max();
        return 1 + (percent / 100.0);
    }

    /// <summary>What is left of the links of a region without the largest.</summary>
    public static int LinkMbpsWithoutLargest(Network network, Region region)
    {
        var links = network.Links.Of(region).Select(link => link.BandwidthMbps).ToList();
        return links.Sum() - links.DefaultIfEmpty().Max();
    }

    /// <summary>A number of things, in words.</summary>
    public static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";

    /// <summary>A duration as the file writes it.</summary>
    public static string Show(this TimeSpan duration) => duration.TotalSeconds >= 1
        ? $"{duration.TotalSeconds:0.###} s"
        : $"{duration.TotalMilliseconds:0.###} ms";
}
