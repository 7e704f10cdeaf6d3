using System.Net;
using Farspan.Sip;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>DNS, MON and MGT: names, monitoring, and the hands that change things.</summary>
internal static class OperationRules
{
    private static readonly NetworkRule TimeToLive = new("DNS-001", Warning, CheckTimeToLive)
    {
        Title = "Records that fail over live no longer than the objective allows",
        Why = "A resolver keeps a record for its TTL, however dead its target is; the health check's time "
            + "comes on top.",
        Mend = "Write a TTL of 60 s or less, or give carriers static addresses of both regions.",
        Source = "RFC 1035 §3.2.1; arithmetic",
    };

    private static readonly NetworkRule ServiceTargets = new("DNS-002", Error, CheckServiceTargets)
    {
        Title = "SRV records lead to address records, for transports that are offered",
        Why = "An alias as a target is forbidden (RFC 2782); a record for a transport nobody listens on "
            + "costs every call a failed attempt.",
        Mend = "Point SRV records at names with A or AAAA records, one for each transport that is offered.",
        Source = "RFC 2782; RFC 3263 §4.1",
    };

    private static readonly NetworkRule NameServers = new("DNS-003", Warning, CheckNameServers)
    {
        Title = "The names are served from outside what they shall survive",
        Why = "Names that a cloud serves cannot lead away from it when it fails.",
        Mend = "Use two providers, or static addresses at the carriers.",
        Source = RuleSources.Design + "; RFC 2182 §3.1",
    };

    private static readonly NetworkRule AlarmEach = new("MON-001", Error, CheckAlarmEach)
    {
        Title = "Every BGP session, virtual interface and tunnel has an alarm",
        Why = "The loss of one of two is felt by nobody: without an alarm it is found when the second "
            + "fails.",
        Mend = "Write `sessionAlarms: true`.",
        Source = RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule SlowMetrics = new("MON-002", Warning, CheckSlowMetrics)
    {
        Title = "No fail-over waits for a cloud's metrics",
        Why = "Direct Connect publishes every 5 minutes, transit gateways every minute: a controller that "
            + "waits for them is too late.",
        Mend = "Drive fail-over by our own probes.",
        Source = RuleSources.DirectConnectMetrics,
    };

    private static readonly NetworkRule MissingData = new("MON-003", Warning, CheckMissingData)
    {
        Title = "Missing data of a heartbeat is an alarm",
        Why = "What is dead publishes nothing; Connect publishes nothing while idle, so that silence says "
            + "all is well and does not know it.",
        Mend = "Write `missingDataIsBad: true`.",
        Source = RuleSources.AmazonConnect + "monitoring-cloudwatch.html",
    };

    private static readonly NetworkRule Probes = new("MON-004", Warning, CheckProbes)
    {
        Title = "Every region is probed over every path by calls of our own",
        Why = "A path that stands by is dead on the day it is needed unless somebody has tried it.",
        Mend = "Write a `probeInterval` and all regions.",
        Source = RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule AlarmRegion = new("MON-005", Warning, CheckAlarmRegion)
    {
        Title = "Alarms of a region are raised in another one too",
        Why = "An alarm that is computed in the region that fails may fail with it.",
        Mend = "List two regions in the monitoring.",
        Source = RuleSources.Design,
    };

    private static readonly NetworkRule Logs = new("MON-006", Warning, CheckLogs)
    {
        Title = "Logs end, are encrypted, and name no caller",
        Why = "Traces of calls are personal data: kept for ever and in the clear they are a liability.",
        Mend = "Write a retention, a key, and redaction of numbers.",
        Source = RuleSources.Design,
    };

    private static readonly NetworkRule State = new("MGT-001", Warning, CheckState)
    {
        Title = "Terraform's state is kept in two regions and locked",
        Why = "Without the state nothing can be changed while the region that holds it is down; without a "
            + "lock two changes destroy each other.",
        Mend = "Replicate the bucket to a second region and turn locking on.",
        Source = RuleSources.Design,
    };

    private static readonly NetworkRule NoReplacement = new("MGT-002", Error, CheckGuard)
    {
        Title = "A plan replaces no gateway, router, attachment or Connect instance unnoticed",
        Why = "Replacing one of them takes its routes, addresses or contents with it, for minutes or for "
            + "ever.",
        Mend = "Read the plan; approve such a step by itself, with the traffic moved away before.",
        Source = RuleSources.Design,
        Evidence = RuleEvidence.Plan,
    };

    private static readonly NetworkRule StaticStability = new("MGT-003", Warning, CheckStaticStability)
    {
        Title = "Fail-over needs no interface of the region that fails",
        Why = "The interfaces that would change routes or start machines there are often the first to fail.",
        Mend = "Prepare everything beforehand, and run controllers in two regions.",
        Source = "AWS Builders' Library, static stability",
    };

    private static readonly NetworkRule Hysteresis = new("MGT-004", Warning, CheckHysteresis)
    {
        Title = "A controller's swaps are repeatable, wait before they decide, and do not swing back by "
            + "themselves",
        Why = "A link that comes and goes makes routes swing with it, and each swing cuts calls.",
        Mend = "Write a dwell of 2 s or more, and leave hysteresis on.",
        Source = RuleSources.Design + "; RFC 2439 §4",
    };

    public static IEnumerable<NetworkRule> All =>
    [
        TimeToLive, ServiceTargets, NameServers, AlarmEach, SlowMetrics, MissingData, Probes, AlarmRegion, Logs,
        State, NoReplacement, StaticStability, Hysteresis,
    ];

    private static readonly TimeSpan DwellMin = TimeSpan.FromSeconds(2);

    private static IEnumerable<Fault> CheckTimeToLive(Network network)
    {
        if (network.NewCallsWithin(FailureClass.GoogleRegion, FailureClass.Dns) is not { } wanted)
        {
            return [];
        }

        return from record in network.Dns?.Records ?? []
               let detection = record.HealthCheck?.DetectionMax
               where detection is not null
               let worst = detection.Value + record.TimeToLive
               where worst > wanted.Within
               select Fault.At(
                   record, "ttl",
                   $"{record} leads elsewhere after {worst.Show()} at worst ({detection.Value.Show()} of health"
                   + $" check, {record.TimeToLive.Show()} of life), and {wanted.Objective} allows"
                   + $" {wanted.Within.Show()}",
                   "Let carriers know both regions beforehand, by SRV or addresses.");
    }

    private static IEnumerable<Fault> CheckServiceTargets(Network network)
    {
        if (network.Dns is not { } zone)
        {
            yield break;
        }

        foreach (var record in zone.Records.Where(record => record.Type == "SRV"))
        {
            foreach (var target in record.Values.Select(value => value.Split(' ')[^1].TrimEnd('.')))
            {
                if (zone.Records.FirstOrDefault(each => each.Type == "CNAME" && HasName(each, target)) is { } alias)
                {
                    yield return Fault.At(
                        record, "values", $"{record} leads to {target}, which is the alias {alias}",
                        "Name the host itself.");
                }
            }

            if (!network.Edges.IsEmpty && TransportOf(record) is { } transport
                && !network.Edges.Any(edge => edge.SipPorts.Any(port => port.Transport == transport)))
            {
                yield return Fault.At(
                    record, "name", $"{record} is for {transport.ToString().ToUpperInvariant()}, which no edge takes",
                    "Remove it, or let the edges listen.");
            }
        }
    }

    private static bool HasName(DnsRecord record, string name) =>
        string.Equals(OwnerOf(record), name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The full name in the id, <c>dns-record/NAME/TYPE</c>.</summary>
    private static string OwnerOf(DnsRecord record) => record.Id.Split('/')[1];

    /// <summary>Of names such as <c>_sips._tcp.example.com</c> (RFC 3263 §4.1); null for others.</summary>
    private static SipTransport? TransportOf(DnsRecord record) => OwnerOf(record).Split('.') switch
    {
        ["_sip", "_udp", ..] => SipTransport.Udp,
        ["_sip", "_tcp", ..] => SipTransport.Tcp,
        ["_sips", "_tcp", ..] => SipTransport.Tls,
        _ => null,
    };

    private static IEnumerable<Fault> CheckNameServers(Network network)
    {
        if (network.Dns is not { } zone
            || network.Objectives.FirstOrDefault(each => each.Failure == FailureClass.Dns) is not { } objective)
        {
            return [];
        }

        return from carrier in network.Carriers
               let named = carrier.Targets.FirstOrDefault(target => !IPAddress.TryParse(target.Host, out _))
               where named is not null
               select Fault.At(
                   carrier, "targets",
                   $"{carrier} dials {named.Host}, which only {zone.Provider} serves, and {objective} wants calls"
                   + " without it",
                   "Give it addresses, or serve the zone from two providers.");
    }

    private static IEnumerable<Fault> CheckAlarmEach(Network network) =>
        network.Monitoring.HasSessionAlarms ? [] : [Monitoring(
            network, "sessionAlarms", $"none of the {network.Sessions.Length} BGP sessions has an alarm of its own",
            "Write `sessionAlarms: true`, or nothing.")];

    private static IEnumerable<Fault> CheckSlowMetrics(Network network) =>
        network.Monitoring.Signal == FailoverSignal.Probes ? [] : [Monitoring(
            network, "signal", "fail-over waits for the clouds' metrics, one to five minutes old",
            "Write `signal: probes`, or nothing.")];

    private static IEnumerable<Fault> CheckMissingData(Network network) =>
        network.Monitoring.MissingDataIsBad ? [] : [Monitoring(
            network, "missingDataIsBad", "a heartbeat that stops raises no alarm",
            "Write `missingDataIsBad: true`, or nothing.")];

    private static IEnumerable<Fault> CheckProbes(Network network)
    {
        var monitoring = network.Monitoring;
        if (monitoring.ProbeInterval is null)
        {
            return [Monitoring(network, "probeInterval", "no synthetic call tries the paths", "Write an interval.")];
        }

        return network.Regions
            .Where(region => !monitoring.ProbedRegions.Contains(region.Name))
            .Select(region => Monitoring(network, "probedRegions", $"{region} is not probed", "Add it."));
    }

    private static IEnumerable<Fault> CheckAlarmRegion(Network network) =>
        network.Monitoring.AlarmRegions.Distinct().Count() > 1 ? [] : [Monitoring(
            network, "alarmRegions",
            $"all alarms are kept in {network.Monitoring.AlarmRegions.FirstOrDefault() ?? "no region"}",
            "List two regions.")];

    private static IEnumerable<Fault> CheckLogs(Network network)
    {
        var monitoring = network.Monitoring;
        if (monitoring.LogRetentionDays is null)
        {
            yield return Monitoring(network, "logRetentionDays", "logs are kept for ever", "Write a number of days.");
        }

        if (!monitoring.HasLogKey)
        {
            yield return Monitoring(
                network, "logKey", "logs are not encrypted with a key of your own", "Write `logKey: true`.");
        }

        if (!monitoring.RedactsPersonalData)
        {
            yield return Monitoring(
                network, "redactsPersonalData", "logs name the callers", "Write `redactsPersonalData: true`.");
        }
    }

    private static Fault Monitoring(Network network, string key, string what, string fix) =>
        new(network.Monitoring.Origin, "", key, what, fix);

    private static IEnumerable<Fault> CheckState(Network network)
    {
        var management = network.Management;
        if (management.StateRegions.Distinct().Count() < 2)
        {
            yield return Management(
                network, "stateRegions",
                $"Terraform's state is kept in {management.StateRegions.FirstOrDefault() ?? "no region"} only",
                "List two regions.");
        }

        if (!management.HasStateLock)
        {
            yield return Management(
                network, "stateLock", "Terraform's state is not locked", "Write `stateLock: true`.");
        }
    }

    private static IEnumerable<Fault> CheckGuard(Network network) =>
        network.Policies.GuardsDestruction ? [] : [new Fault(
            network.Policies.Origin, "", "guardsDestruction", "a plan may destroy core elements without approval",
            "Write `guardsDestruction: true`, or nothing.")];

    private static IEnumerable<Fault> CheckStaticStability(Network network)
    {
        if (network.Management.Controller is { } controller && controller.AwsRegions.Distinct().Count() < 2)
        {
            yield return Management(
                network, "controller.awsRegions",
                $"the controller runs in {controller.AwsRegions.FirstOrDefault() ?? "no region"} only",
                "List two regions.");
        }

        foreach (var connector in network.Connectors.Where(each => each.IsHandMade))
        {
            yield return Fault.At(
                connector, "handMade", $"somebody makes the instances of {connector}, by the region's interfaces",
                "Let a group keep them running.");
        }
    }

    private static IEnumerable<Fault> CheckHysteresis(Network network)
    {
        if (network.Management.Controller is not { } controller)
        {
            yield break;
        }

        var faults = new[]
        {
            (!controller.IsIdempotent, "idempotent", "the controller's swaps cannot be repeated"),
            (!controller.HasHysteresis, "hysteresis", "the controller swings back as soon as a link does"),
            (controller.Dwell < DwellMin, "dwell", $"the controller acts after {controller.Dwell.Show()}"),
        };
        foreach (var (_, key, what) in faults.Where(each => each.Item1))
        {
            yield return Management(network, $"controller.{key}", what, "Leave the key out.");
        }
    }

    private static Fault Management(Network network, string key, string what, string fix) =>
        new(network.Management.Origin, "", key, what, fix);
}
