using System.Collections.Immutable;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>CON: instances of Amazon Connect, and that they are alike.</summary>
internal static class ConnectRules
{
    private static readonly NetworkRule RegionHasConnect = new("CON-001", Error, CheckRegion)
    {
        Title = "Amazon Connect is in the region",
        Why = "It is offered in some regions only; us-west-1 is not one of them. The instance cannot be "
            + "made.",
        Mend = "Take us-east-1 and us-west-2, or another region that has Connect.",
        Source = RuleSources.AmazonConnect + "regions.html",
    };

    private static readonly NetworkRule Alike = new("CON-002", Error, CheckAlike)
    {
        Title = "Instances that stand for one another have the same flows, queues, profiles, hours and "
            + "prompts",
        Why = "A call that moves to the other region meets a flow that is missing or that says something "
            + "else.",
        Mend = "Add what is missing, or describe the instances' contents once for all regions.",
        Source = RuleSources.AmazonConnect + "setup-connect-global-resiliency.html",
    };

    private static readonly NetworkRule ForeignReferences = new("CON-003", Error, CheckForeign)
    {
        Title = "A flow refers to things of its own region",
        Why = "A Lambda function, a bot or a queue of the other region is gone exactly when the flow is "
            + "needed most.",
        Mend = "Use the same name in the region of the instance.",
        Source = RuleSources.Design,
    };

    private static readonly NetworkRule Attributes = new("CON-004", Error, CheckAttributes)
    {
        Title = "Contact attributes fit: 32,768 bytes together, keys of letters, digits, - and _",
        Why = "Connect refuses the contact otherwise, and with it the call.",
        Mend = "Shorten the attributes, or set a lower limit for each.",
        Source = RuleSources.AmazonConnectApi + "API_StartWebRTCContact.html",
    };

    private static readonly NetworkRule Token = new("CON-005", Warning, CheckToken)
    {
        Title = "A start of a contact that is repeated carries the same token",
        Why = "Without it a repetition after a lost answer makes a second contact: an agent waits for a "
            + "caller who is elsewhere.",
        Mend = "Leave it on; send a ClientToken from other callers of the API too.",
        Source = RuleSources.AmazonConnectApi + "API_StartWebRTCContact.html",
    };

    private static readonly NetworkRule Resiliency = new("CON-006", Error, CheckResiliency)
    {
        Title = "Instances of Global Resiliency are active, use SAML, and are in paired regions",
        Why = "Replication is refused otherwise: the pairs are us-east-1 and us-west-2, eu-west-2 and "
            + "eu-central-1, ap-northeast-1 and ap-northeast-3.",
        Mend = "Use SAML and a pair, or leave Global Resiliency: carriers that route the numbers do not "
            + "need it.",
        Source = RuleSources.AmazonConnect + "setup-connect-global-resiliency.html",
    };

    private static readonly NetworkRule Distribution = new("CON-007", Error, CheckDistribution)
    {
        Title = "A traffic distribution is in steps of 10 % and sums to 100 %",
        Why = "Connect refuses other values.",
        Mend = "Write shares such as 50 and 50.",
        Source = RuleSources.AmazonConnectApi + "API_UpdateTrafficDistribution.html",
    };

    private static readonly NetworkRule InstanceChurn = new("CON-008", Warning)
    {
        Title = "Automation makes and deletes no more than 100 instances in 30 days",
        Why = "Connect refuses more, for the whole account, until the 30 days are over.",
        Mend = "Keep test instances instead of making new ones.",
        Source = RuleSources.AmazonConnectApi + "API_CreateInstance.html",
        Evidence = RuleEvidence.Cloud,
    };

    private static readonly NetworkRule ServiceLevel = new("CON-009", Note, CheckServiceLevel)
    {
        Title = "What Amazon promises for Connect is for one region",
        Why = "Two instances that we keep alike ourselves are more robust, but Amazon does not promise "
            + "more for them.",
        Mend = "Know it, or use Global Resiliency.",
        Source = RuleSources.AmazonConnect + "setup-connect-global-resiliency.html",
    };

    private static readonly NetworkRule ContentQuotas = new("CON-010", Warning, CheckContentQuotas)
    {
        Title = "Queues, flows, users, numbers and profiles stay within an instance's quotas",
        Why = "50 queues, 100 flows, 500 users, 5 numbers and 100 routing profiles unless raised; beyond "
            + "them requests are refused.",
        Mend = "Have the quota raised, and write the granted value.",
        Source = RuleSources.AmazonConnect + "amazon-connect-service-limits.html",
    };

    public static IEnumerable<NetworkRule> All =>
    [
        RegionHasConnect, Alike, ForeignReferences, Attributes, Token, Resiliency, Distribution, InstanceChurn,
        ServiceLevel, ContentQuotas,
    ];

    private const int AttributeBytesMax = 32_768;

    /// <summary>
    /// Regions with an endpoint of Amazon Connect, as of AWS's endpoint list of 2026-05 and the regions page.
    /// </summary>
    private static readonly ImmutableArray<string> Regions =
    [
        "af-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-southeast-1", "ap-southeast-2",
        "ca-central-1", "eu-central-1", "eu-west-2", "us-east-1", "us-gov-west-1", "us-west-2",
    ];

    private static readonly ImmutableArray<(string First, string Second)> ReplicatedPairs =
        [("us-east-1", "us-west-2"), ("eu-west-2", "eu-central-1"), ("ap-northeast-1", "ap-northeast-3")];

    private static IEnumerable<Fault> CheckRegion(Network network) =>
        from instance in network.ConnectInstances
        where !Regions.Contains(instance.AwsRegion)
        let region = network.Regions.FirstOrDefault(region => region.Name == instance.Region)
        select new Fault(
            region?.Origin ?? instance.Origin, instance.Id, "aws",
            $"{instance} cannot be made: {instance.AwsRegion} has no Amazon Connect",
            "Take us-east-1 and us-west-2, or another region that has it.");

    private static IEnumerable<Fault> CheckAlike(Network network)
    {
        if (network.ConnectInstances.IsEmpty)
        {
            yield break;
        }

        var first = network.ConnectInstances[0];
        foreach (var other in network.ConnectInstances.Skip(1))
        {
            foreach (var (what, name, lacks, has) in Differences(first, other))
            {
                yield return Fault.At(
                    lacks, what, $"{lacks} lacks {name}, one of the {what} of {has}", "Add it, or take it from both.");
            }

            foreach (var flow in first.Flows)
            {
                if (other.Flows.FirstOrDefault(each => each.Name == flow.Name) is { } twin
                    && flow.Hash.Length > 0 && twin.Hash.Length > 0 && flow.Hash != twin.Hash)
                {
                    yield return Fault.At(
                        other, "flows", $"flow {flow.Name} of {other} differs from that of {first}",
                        "Make them alike.") with { Severity = Warning };
                }
            }
        }
    }

    /// <summary>What one of the two has and the other lacks.</summary>
    private static IEnumerable<(string What, string Name, ConnectInstance Lacks, ConnectInstance Has)> Differences(
        ConnectInstance first, ConnectInstance second)
    {
        var kinds = new (string What, Func<ConnectInstance, IEnumerable<string>> Names)[]
        {
            ("flows", each => each.Flows.Select(flow => flow.Name)),
            ("queues", each => each.Queues.Select(queue => queue.Name)),
            ("routingProfiles", each => each.RoutingProfiles.Select(profile => profile.Name)),
            ("hours", each => each.Hours.Select(hours => hours.Name)),
            ("functions", each => each.Functions),
        };
        return from kind in kinds
               from pair in new[] { (Has: first, Lacks: second), (Has: second, Lacks: first) }
               from name in kind.Names(pair.Has).Except(kind.Names(pair.Lacks))
               select (kind.What, name, pair.Lacks, pair.Has);
    }

    private static IEnumerable<Fault> CheckForeign(Network network) =>
        from instance in network.ConnectInstances
        from flow in instance.Flows
        from reference in flow.References
        let region = RegionOf(reference)
        where region.Length > 0 && region != instance.AwsRegion
        select Fault.At(
            instance, "flows", $"flow {flow.Name} of {instance} refers to {region}: {reference}",
            $"Use its twin in {instance.AwsRegion}.");

    /// <summary>The fourth part of an ARN; empty for global things and for what is no ARN.</summary>
    private static string RegionOf(string reference)
    {
        var parts = reference.Split(':', 6);
        return parts is ["arn", _, _, var region, _, _] ? region : "";
    }

    private static IEnumerable<Fault> CheckAttributes(Network network) =>
        from instance in network.ConnectInstances
        where instance.AttributeBytesMax > AttributeBytesMax
        select Fault.At(
            instance, "attributeBytesMax",
            $"contacts of {instance} may get {instance.AttributeBytesMax} bytes of attributes",
            $"Write {AttributeBytesMax} or less, or nothing.");

    private static IEnumerable<Fault> CheckToken(Network network) =>
        from connector in network.Connectors
        where !connector.RepeatsWithToken
        select Fault.At(
            connector, "repeatsWithToken", $"{connector} repeats a start without its token",
            "Write `repeatsWithToken: true`, or nothing.");

    private static IEnumerable<Fault> CheckResiliency(Network network)
    {
        var instances = network.ConnectInstances.Where(each => each.Distribution is not null).ToList();
        foreach (var instance in instances.Where(each => each.Identity != ConnectIdentity.Saml))
        {
            yield return Fault.At(
                instance, "identity", $"{instance} is in a traffic distribution and knows its agents without SAML",
                "Write `identity: saml`.");
        }

        foreach (var (first, second) in instances.Pairs().Where(pair =>
            !ReplicatedPairs.Contains((pair.First.AwsRegion, pair.Second.AwsRegion))
            && !ReplicatedPairs.Contains((pair.Second.AwsRegion, pair.First.AwsRegion))))
        {
            yield return Fault.At(
                second, "distribution", $"Amazon does not replicate between {first.AwsRegion} and {second.AwsRegion}",
                "Take a pair, or no distribution.");
        }
    }

    private static IEnumerable<Fault> CheckDistribution(Network network)
    {
        var instances = network.ConnectInstances.Where(each => each.Distribution is not null).ToList();
        foreach (var instance in instances.Where(each => each.Distribution % 10 != 0))
        {
            yield return Fault.At(
                instance, "distribution", $"{instance} takes {instance.Distribution} %", "Write a multiple of 10.");
        }

        var sum = instances.Sum(each => each.Distribution ?? 0);
        if (instances.Count > 0 && sum != 100)
        {
            yield return Fault.At(
                instances[^1], "distribution", $"the instances take {sum} % together", "Write shares of 100 %.");
        }
    }

    private static IEnumerable<Fault> CheckServiceLevel(Network network) =>
        network.ConnectInstances.Length > 1 && network.ConnectInstances.All(each => each.Distribution is null)
            ? [Fault.At(
                network.ConnectInstances[0], "distribution",
                $"{network.ConnectInstances.Length} instances stand for one another without Global Resiliency",
                "Know what Amazon promises for each alone.")]
            : [];

    private static IEnumerable<Fault> CheckContentQuotas(Network network) =>
        from instance in network.ConnectInstances
        let quotas = instance.Quotas
        from each in new[]
        {
            (What: "queues", Count: instance.Queues.Length, Most: quotas.Queues),
            (What: "flows", Count: instance.Flows.Length, Most: quotas.Flows),
            (What: "agents", Count: instance.Agents, Most: quotas.Users),
            (What: "phoneNumbers", Count: instance.PhoneNumbers.Length, Most: quotas.PhoneNumbers),
            (What: "routingProfiles", Count: instance.RoutingProfiles.Length, Most: quotas.RoutingProfiles),
        }
        where each.Count > each.Most
        select Fault.At(
            instance, each.What, $"{instance} has {each.Count} {each.What}, and {each.Most} are granted",
            "Have the quota raised, and write it.");
}
