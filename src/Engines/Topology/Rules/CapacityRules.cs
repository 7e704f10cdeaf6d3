using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>CAP: what is left when something is lost.</summary>
internal static class CapacityRules
{
    private static readonly NetworkRule CallsLeft = new("CAP-001", Error, CheckCalls)
    {
        Title = "After any single loss the rest carries the peak and its head-room",
        Why = "The calls of a lost region, zone or instance come to the others at once; those that find no "
            + "place are refused.",
        Mend = "Add instances, or calls per instance, until every region can do alone.",
        Source = RuleSources.Design,
    };

    private static readonly NetworkRule SetUpRate = new("CAP-002", Error, CheckSetUpRate)
    {
        Title = "Contacts can be started as fast as calls come, with a region lost",
        Why = "StartWebRTCContact has a quota, 2 a second with bursts of 5 unless it is raised: it is the "
            + "ceiling of the whole system, and calls beyond it wait and then fail.",
        Mend = "Have the quota raised, and write the granted value in `quotas`.",
        Source = RuleSources.AmazonConnect + "amazon-connect-service-limits.html",
    };

    private static readonly NetworkRule ContactQuota = new("CAP-003", Error, CheckContactQuota)
    {
        Title = "The quota of concurrent calls covers the peak with a region lost",
        Why = "An instance has 10 unless it is raised. The rest of the callers gets nothing.",
        Mend = "Have the quota raised in every region to the peak of all, and write it in `quotas`.",
        Source = RuleSources.AmazonConnect + "amazon-connect-service-limits.html",
    };

    private static readonly NetworkRule Agents = new("CAP-004", Warning, CheckAgents)
    {
        Title = "Agents of every queue can work in the region that is left",
        Why = "Calls that move to an instance without agents wait in its queue until they give up.",
        Mend = "Give the agents users in both instances, or use Global Resiliency.",
        Source = RuleSources.AmazonConnectApi + "API_UpdateTrafficDistribution.html",
    };

    private static readonly NetworkRule LinkCapacity = new("CAP-005", Error, CheckLinks)
    {
        Title = "Links are no more than 80 % full at the peak with the largest lost",
        Why = "Above that, bursts are dropped; and while a region's link is repaired the other region's "
            + "must carry all.",
        Mend = "Order 1.25 times the bandwidth of the peak without the largest link.",
        Source = RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule Prepared = new("CAP-006", Warning, CheckPrepared)
    {
        Title = "The machines for a fail-over run already",
        Why = "An instance needs minutes to start, and the start uses interfaces of the region that has "
            + "the trouble: calls come now.",
        Mend = "Let the minimum of the group be what the fail-over needs.",
        Source = "AWS Builders' Library, static stability",
    };

    private static readonly NetworkRule LeadTime = new("CAP-007", Note, CheckLeadTime)
    {
        Title = "Quotas above the default take time",
        Why = "Amazon grants some in hours, some in weeks; the launch waits for the slowest.",
        Mend = "Ask for them first, in every region.",
        Source = RuleSources.AmazonConnect + "amazon-connect-service-limits.html",
    };

    public static IEnumerable<NetworkRule> All =>
        [CallsLeft, SetUpRate, ContactQuota, Agents, LinkCapacity, Prepared, LeadTime];

    /// <summary>Links are no fuller than 80 %.</summary>
    private const double LinkMargin = 1.25;

    private const int DefaultConcurrentCalls = 10;

    private const double DefaultStartsPerSecond = 2;

    private static IEnumerable<Fault> CheckCalls(Network network)
    {
        var needed = NetworkLoad.PeakCalls(network) * NetworkLoad.Headroom(network);
        foreach (var region in network.Regions)
        {
            // The largest loss comes first; what it leaves standing is not worth another finding.
            var (what, left) = Losses(network, region).FirstOrDefault(loss => loss.Left < needed);
            if (what is not null)
            {
                yield return Fault.At(
                    region, "connector",
                    $"{left:0} calls find room when {what} is lost, and {needed:0} are wanted",
                    "Add instances, or calls per instance.");
            }
        }
    }

    /// <summary>What can be lost of a region, the most first, and the calls that find room then.</summary>
    private static IEnumerable<(string What, double Left)> Losses(Network network, Region region)
    {
        var others = network.Regions.Where(each => each != region).Sum(each => Room(network, each));
        var connectors = network.Connectors.Of(region).ToList();
        yield return ($"{region}", others);
        if (connectors.Count > 0 && region.AwsZones.Length > 0)
        {
            var zone = 1.0 / region.AwsZones.Length;
            yield return ($"a zone of {region}", others + Room(network, region, each => each * (1 - zone)));
            yield return ($"an instance of {connectors[0]}", others + Room(network, region, each => each - 1));
        }
    }

    /// <summary>The calls that edges and connectors of a region take at once, without waiting for new ones.</summary>
    private static double Room(Network network, Region region, Func<double, double>? left = null) => Math.Min(
        network.Edges.Of(region).Sum(edge => (double)edge.InstancesMin * edge.CallsMax),
        network.Connectors.Of(region).Sum(each =>
            Math.Floor(left?.Invoke(each.InstancesMin) ?? each.InstancesMin) * each.CallsMax));

    private static IEnumerable<Fault> CheckSetUpRate(Network network)
    {
        var needed = NetworkLoad.PeakCallsPerSecond(network);
        return from region in network.Regions
               let left = network.Regions.Where(each => each != region).Sum(each => StartsPerSecond(network, each))
               where left < needed
               select Fault.At(
                   region, "connect",
                   $"{left:0.#} contacts a second can be started when {region} is lost, and {needed:0.#} calls come",
                   "Have StartsPerSecond raised, or add instances.");
    }

    private static double StartsPerSecond(Network network, Region region) => new[]
    {
        network.Edges.Of(region).Sum(edge => edge.InstancesMin * edge.CallsPerSecondMax),
        network.Connectors.Of(region).Sum(each => each.InstancesMin * each.CallsPerSecondMax),
        network.ConnectInstances.Of(region).Sum(each => each.Quotas.StartsPerSecond),
    }.Min();

    private static IEnumerable<Fault> CheckContactQuota(Network network)
    {
        var needed = NetworkLoad.PeakCalls(network);
        return from instance in network.ConnectInstances
               let left = network.ConnectInstances.Where(each => each != instance)
                   .Sum(each => each.Quotas.ConcurrentCalls)
               where left < needed
               select Fault.At(
                   instance, "quotas",
                   $"{left} calls at once are granted when {instance} is lost, and the peak is {needed}",
                   "Have the quota of the others raised.");
    }

    private static IEnumerable<Fault> CheckAgents(Network network)
    {
        foreach (var instance in network.ConnectInstances)
        {
            foreach (var queue in instance.Queues.Where(queue => queue.Agents == 0))
            {
                if (network.ConnectInstances.FirstOrDefault(each => each != instance && each.Queues.Any(other =>
                    other.Name == queue.Name && other.Agents > 0)) is { } staffed)
                {
                    yield return Fault.At(
                        instance, "queues",
                        $"nobody serves queue {queue.Name} in {instance} when {staffed} is lost",
                        "Give the agents users there too.");
                }
            }

            if (instance.Agents == 0 && network.ConnectInstances.Any(each => each.Agents > 0))
            {
                yield return Fault.At(
                    instance, "agents", $"{instance} has no agents, and others have",
                    "Give the agents users there too.");
            }
        }
    }

    private static IEnumerable<Fault> CheckLinks(Network network) =>
        from region in network.Regions
        where network.Links.Of(region).Any()
        let calls = NetworkLoad.CallsAtWorst(network, region)
        let needed = NetworkLoad.BandwidthMbps(calls) * LinkMargin
        let left = NetworkLoad.LinkMbpsWithoutLargest(network, region)
        where left < needed
        select Fault.At(
            region, "links",
            $"{left} Mbit/s are left of the links of {region} without the largest, and {calls} calls want {needed:0}",
            "Order more.");

    private static IEnumerable<Fault> CheckPrepared(Network network)
    {
        foreach (var region in network.Regions)
        {
            var needed = NetworkLoad.CallsAtWorst(network, region);
            foreach (var each in network.Connectors.Of(region))
            {
                if ((long)each.InstancesMin * each.CallsMax < needed)
                {
                    yield return Unprepared(each, each.InstancesMin, each.CallsMax, needed);
                }
            }

            foreach (var each in network.Edges.Of(region))
            {
                if ((long)each.InstancesMin * each.CallsMax < needed)
                {
                    yield return Unprepared(each, each.InstancesMin, each.CallsMax, needed);
                }
            }
        }
    }

    private static Fault Unprepared(NetworkElement element, int instances, int calls, int needed) => Fault.At(
        element, "instancesMin",
        $"{NetworkLoad.Count(instances, "instance")} of {element} take {instances * calls} calls, and a fail-over"
        + $" brings {needed}",
        $"Write {(needed + calls - 1) / Math.Max(calls, 1)}.");

    private static IEnumerable<Fault> CheckLeadTime(Network network) =>
        from instance in network.ConnectInstances
        let quotas = instance.Quotas
        where quotas.ConcurrentCalls > DefaultConcurrentCalls || quotas.StartsPerSecond > DefaultStartsPerSecond
        select Fault.At(
            instance, "quotas",
            $"{instance} counts on {quotas.ConcurrentCalls} calls at once and {quotas.StartsPerSecond:0.#} starts a"
            + $" second, and has {DefaultConcurrentCalls} and {DefaultStartsPerSecond} at first",
            "Ask for them before anything else.");
}
