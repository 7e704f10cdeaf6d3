using System.Collections.Immutable;
using System.Net;
using Farspan.Sip;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>SIP: between the carriers and the edges.</summary>
internal static class SipTrunkRules
{
    private static readonly NetworkRule TwoTargets = new("SIP-001", Error, CheckTwoTargets)
    {
        Title = "A carrier has targets in two regions",
        Why = "With one target, or all in one region, the loss of that region is the loss of the carrier.",
        Mend = "Add a target in another region.",
        Source = RuleSources.Design + "; RFC 3263 §4.3",
    };

    private static readonly NetworkRule Probing = new("SIP-002", Warning, CheckProbing)
    {
        Title = "A carrier probes its targets often enough",
        Why = "It notices a dead region after interval + (retries - 1) x retry interval + timeout. Common "
            + "equipment probes once a minute, or not at all, and then waits 32 s for each answer.",
        Mend = "Agree on OPTIONS every 10 s, 2 tries, and a timeout of 2 s.",
        Source = "RFC 3261 §11 and §17.1.2.2; arithmetic",
    };

    private static readonly NetworkRule TruthfulAnswers = new("SIP-003", Error, CheckTruthfulAnswers)
    {
        Title = "OPTIONS is answered with 503 while a region can take no call",
        Why = "A carrier that gets 200 goes on sending calls to a region whose connectors are all gone.",
        Mend = "Write `tellsCapacity: true`, or nothing.",
        Source = "RFC 3261 §11.2; RFC 3261 §21.5.4",
    };

    private static readonly NetworkRule LargeMessages = new("SIP-004", Warning, CheckLargeMessages)
    {
        Title = "Who speaks SIP over UDP can change to TCP",
        Why = "Messages of more than 1300 bytes must go over TCP (RFC 3261 §18.1.1); an INVITE with SRTP "
            + "keys and identity is soon that large, and its fragments get lost first.",
        Mend = "Offer TCP or TLS beside UDP.",
        Source = "RFC 3261 §18.1.1",
    };

    private static readonly NetworkRule InviteTimeout = new("SIP-005", Warning, CheckInviteTimeout)
    {
        Title = "Nobody waits 32 s before trying the next target",
        Why = "Timer B is 32 s unless it is set: the caller has long hung up when the second target is "
            + "tried.",
        Mend = "Let INVITEs go to the next target after 2 to 4 s without an answer.",
        Source = "RFC 3261 §17.1.1.2; RFC 3263 §4.3",
    };

    private static readonly NetworkRule PublicAddress = new("SIP-006", Error, CheckPublicAddress)
    {
        Title = "Carriers see public addresses only",
        Why = "A private address in Contact, Via, Record-Route or SDP leads nowhere from outside: the call "
            + "has no answer and no audio.",
        Mend = "Advertise the address of the forwarding rule for signalling and media.",
        Source = "RFC 3261 §8.1.1.8; RFC 8866 §5.7",
    };

    private static readonly NetworkRule SessionTimer = new("SIP-007", Warning, CheckSessionTimer)
    {
        Title = "Session timers are on, from 90 s to 30 minutes",
        Why = "After a failure nobody sends BYE for some calls; without the timer they occupy channels, "
            + "and are billed, until somebody notices.",
        Mend = "Write an expiry of 1800 s and a minimum of 90 s.",
        Source = "RFC 4028 §4 and §5",
    };

    private static readonly NetworkRule SameNumbers = new("SIP-008", Error, CheckSameNumbers)
    {
        Title = "Every number is served by every region and by two carriers",
        Why = "A number that only one region knows is dead when the region is.",
        Mend = "List the same numbers at each carrier and each target.",
        Source = RuleSources.Design,
    };

    private static readonly NetworkRule ServiceRecords = new("SIP-009", Warning, CheckServiceRecords)
    {
        Title = "SRV records name every region, with priorities, weights and short lives",
        Why = "A carrier that resolves names can go only where a record leads it, and stays there for the "
            + "record's life.",
        Mend = "Publish one SRV record a region, weights as the capacities are, TTL 60 s or less.",
        Source = "RFC 3263 §4.2; RFC 2782",
    };

    private static readonly NetworkRule SharedDialogs = new("SIP-010", Warning, CheckSharedDialogs)
    {
        Title = "Requests in a dialog find their call wherever they land",
        Why = "A balancer knows no dialogs: a BYE that lands on an edge that does not know the call is "
            + "answered 481, and the call goes on.",
        Mend = "Run more than one edge only with shared dialogs.",
        Source = RuleSources.Design + "; RFC 3261 §12.2.2",
    };

    private static readonly NetworkRule SourceRanges = new("SIP-011", Warning, CheckSources)
    {
        Title = "A carrier's source addresses are listed",
        Why = "Without the list anyone who knows the address may call at the owner's expense; the firewall "
            + "cannot be rendered either.",
        Mend = "List the ranges that the carrier sends from.",
        Source = RuleSources.Design + "; RFC 3261 §26.1",
    };

    private static readonly NetworkRule SymmetricAnswers = new("SIP-012", Warning, CheckSymmetricAnswers)
    {
        Title = "Answers return to the port that the request came from",
        Why = "Behind a NAT the port in the Via leads nowhere; a SIP helper (ALG) in the path rewrites "
            + "messages, wrongly.",
        Mend = "Leave `symmetricResponse` on, and turn helpers off.",
        Source = "RFC 3581 §4",
    };

    public static IEnumerable<NetworkRule> All =>
    [
        TwoTargets, Probing, TruthfulAnswers, LargeMessages, InviteTimeout, PublicAddress, SessionTimer, SameNumbers,
        ServiceRecords, SharedDialogs, SourceRanges, SymmetricAnswers,
    ];

    /// <summary>Timers B and F unless tuned: 64 x T1.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(32);

    private static readonly TimeSpan RecordLifeMax = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan SessionMin = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan SessionMax = TimeSpan.FromSeconds(1800);

    /// <summary>Bytes of a request that may go over UDP where the path's MTU is not known.</summary>
    private const int DatagramMax = 1300;

    private static readonly ImmutableArray<IPNetwork> PrivateRanges =
    [
        .. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8",
            "fc00::/7", "fe80::/10" }.Select(IPNetwork.Parse),
    ];

    private static IEnumerable<Fault> CheckTwoTargets(Network network) =>
        from carrier in network.Carriers
        let regions = carrier.Targets.Select(target => target.Region).Distinct().ToList()
        where regions.Count < 2
        select Fault.At(
            carrier, "targets",
            regions.Count == 0 ? $"{carrier} has no target" : $"every target of {carrier} is in region {regions[0]}",
            "Add a target in another region.");

    private static IEnumerable<Fault> CheckProbing(Network network)
    {
        var wanted = network.NewCallsWithin(FailureClass.GoogleRegion);
        foreach (var carrier in network.Carriers)
        {
            var probing = carrier.Probing;
            var worst = probing.Interval + ((probing.Attempts - 1) * probing.RetryInterval) + probing.Timeout;
            if (!probing.IsEnabled)
            {
                yield return Fault.At(
                    carrier, "probing", $"{carrier} sends no OPTIONS",
                    "Agree on OPTIONS every 10 s and write it.");
            }
            else if (worst > (wanted?.Within ?? DefaultTimeout))
            {
                var limit = wanted is { } objective
                    ? $"{objective.Objective} allows {objective.Within.Show()}"
                    : $"{DefaultTimeout.Show()} is the longest that callers wait";
                yield return Fault.At(
                    carrier, "probing",
                    $"{carrier} notices the loss of a region after {worst.Show()} at worst, and {limit}",
                    "Shorten interval, retries and timeout.");
            }
        }
    }

    private static IEnumerable<Fault> CheckTruthfulAnswers(Network network) =>
        from edge in network.Edges
        where !edge.TellsCapacity
        select Fault.At(
            edge, "tellsCapacity", $"{edge} answers OPTIONS with 200 while its region can take no call",
            "Write `tellsCapacity: true`, or nothing.");

    private static IEnumerable<Fault> CheckLargeMessages(Network network) =>
        from carrier in network.Carriers
        where !carrier.Targets.IsEmpty && carrier.Targets.All(target => target.Transport == SipTransport.Udp)
        where carrier.UdpMessageBytesMax is 0 or > DatagramMax
        let size = carrier.UdpMessageBytesMax == 0 ? "any size" : $"{carrier.UdpMessageBytesMax} bytes"
        select Fault.At(
            carrier, "targets", $"{carrier} sends requests of {size} over UDP and has no other transport",
            $"Offer TCP or TLS too, or write `udpMessageMax: {DatagramMax}` if it keeps to that.");

    private static IEnumerable<Fault> CheckInviteTimeout(Network network)
    {
        var wanted = network.NewCallsWithin(FailureClass.GoogleRegion)?.Within;
        var limit = wanted < DefaultTimeout ? wanted.Value : DefaultTimeout - TimeSpan.FromSeconds(1);
        return from carrier in network.Carriers
               where carrier.InviteTimeout > limit
               select Fault.At(
                   carrier, "inviteTimeout",
                   $"{carrier} waits {carrier.InviteTimeout.Show()} for an answer to INVITE before the next target",
                   $"Agree on {limit.Show()} or less.");
    }

    private static IEnumerable<Fault> CheckPublicAddress(Network network)
    {
        foreach (var address in network.Addresses.Where(each => each.Address is { } own && IsPrivate(own)))
        {
            yield return Fault.At(
                address, "address", $"carriers are told {address.Address}, the private address of {address}",
                "Write a public address, or none.");
        }

        foreach (var edge in network.Edges.Where(edge => IPAddress.TryParse(edge.Host, out var own) && IsPrivate(own)))
        {
            yield return Fault.At(
                edge, "host", $"{edge} calls itself {edge.Host}, a private address",
                "Write a public name or address.");
        }

        foreach (var (carrier, target) in network.Carriers.SelectMany(carrier => carrier.Targets
            .Where(target => IPAddress.TryParse(target.Host, out var own) && IsPrivate(own))
            .Select(target => (carrier, target))))
        {
            yield return Fault.At(
                carrier, "targets", $"{carrier} is given {target.Host}, a private address",
                "Write a public name or address.");
        }
    }

    private static bool IsPrivate(IPAddress address) => PrivateRanges.Any(range => range.Contains(address));

    private static IEnumerable<Fault> CheckSessionTimer(Network network) =>
        from carrier in network.Carriers
        let timer = carrier.SessionTimer
        let reason = timer is null ? "has no session timer"
            : timer.IntervalMin < SessionMin ? $"has a Min-SE of {timer.IntervalMin.Show()}"
            : timer.Interval > SessionMax ? $"has sessions of {timer.Interval.Show()}"
            : null
        where reason is not null
        select Fault.At(
            carrier, timer is null ? "sessionTimers" : "sessionTimer", $"{carrier} {reason}",
            "Write sessions of 90 s to 1800 s.");

    private static IEnumerable<Fault> CheckSameNumbers(Network network)
    {
        foreach (var carrier in network.Carriers)
        {
            foreach (var (region, numbers) in carrier.RegionNumbers)
            {
                if (numbers.Except(carrier.Numbers).FirstOrDefault() is { } alone)
                {
                    yield return Fault.At(
                        carrier, "regionNumbers", $"{carrier} delivers {alone} to region {region} only",
                        "Write it under `numbers`, for all regions.");
                }
            }
        }

        foreach (var (carrier, other) in network.Carriers
            .Where(carrier => !carrier.Numbers.IsEmpty).ToList().Pairs())
        {
            var alone = carrier.Numbers.Except(other.Numbers).Concat(other.Numbers.Except(carrier.Numbers)).ToList();
            if (alone.Count > 0)
            {
                yield return Fault.At(
                    other, "numbers", $"of {carrier} and {other} only one delivers {string.Join(", ", alone)}",
                    "Let both deliver it.") with { Severity = Warning };
            }
        }
    }

    private static IEnumerable<Fault> CheckServiceRecords(Network network)
    {
        if (network.Dns is not { } zone)
        {
            yield break;
        }

        var records = zone.Records.Where(record => record.Type == "SRV").ToList();
        if (records.Count == 0)
        {
            yield return Fault.At(zone, "records", $"{zone} has no SRV record", "Leave the records to be derived.");
        }

        foreach (var record in records.Where(record => record.Values.Length < Math.Min(2, network.Regions.Length)))
        {
            yield return Fault.At(
                record, "values", $"{record} leads to {record.Values.Length} target", "List every region.");
        }

        foreach (var record in zone.Records.Where(record => record.TimeToLive > RecordLifeMax))
        {
            yield return Fault.At(
                record, "ttl", $"{record} lives {record.TimeToLive.Show()}", $"Write {RecordLifeMax.Show()} or less.");
        }
    }

    private static IEnumerable<Fault> CheckSharedDialogs(Network network)
    {
        foreach (var edge in network.Edges.Where(edge => edge is { InstancesMax: > 1, SharesDialogs: false }))
        {
            yield return Fault.At(
                edge, "sharesDialogs", $"{edge} has {edge.InstancesMax} machines, and none knows the others' calls",
                "Write `sharesDialogs: true`, or nothing.");
        }

        foreach (var connector in network.Connectors.Where(each => each is { InstancesMax: > 1, SharesCalls: false }))
        {
            yield return Fault.At(
                connector, "sharesCalls",
                $"{connector} has {connector.InstancesMax} machines, and none knows the others' calls",
                "Write `sharesCalls: true`, or nothing.");
        }
    }

    private static IEnumerable<Fault> CheckSources(Network network) =>
        from carrier in network.Carriers
        where carrier.Sources.IsEmpty || carrier.Sources.Any(range => range.PrefixLength == 0)
        select Fault.At(
            carrier, "sources", $"{carrier} may call from anywhere", "List the ranges that it sends from.");

    private static IEnumerable<Fault> CheckSymmetricAnswers(Network network) =>
        from carrier in network.Carriers
        where !carrier.HasSymmetricResponse
        select Fault.At(
            carrier, "symmetricResponse", $"answers to {carrier} go to the port in its Via",
            "Write `symmetricResponse: true`, or nothing.");
}
