using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The instances of Amazon Connect.</summary>
internal static class ContactCenterDerivation
{
    private const string FlowKind = "CONTACT_FLOW";

    private static readonly ConnectHours Always = new(
        "always", "UTC", HoursSchema.Days.GetDefault(), TimeOnly.MinValue, HoursSchema.Close.GetDefault());

    public static ConnectInstance InstanceOf(NetworkPlan plan, RegionPlan region)
    {
        var connect = region.Inside(RegionSchema.Connect).Or(plan.Written.ContactCenters);
        var isWritten = region.Written.Has(RegionSchema.Connect);
        var flows = FlowsOf(connect);
        var hours = HoursOf(connect);
        var queues = QueuesOf(connect, hours);
        return new ConnectInstance
        {
            Id = region.ConnectInstance,
            Name = $"{plan.Prefix}-connect-{region.Aws}",
            Region = region.Name,
            Origin = isWritten ? connect.Origin : connect.Origin.Derived(),
            AwsRegion = region.Aws,
            Alias = connect.Find(ContactCenterSchema.Alias)
                ?? $"{NetworkPlan.NameOf(plan.Written.Cluster)}-{NetworkPlan.NameOf(region.Name)}",
            InstanceId = connect.Find(ContactCenterSchema.InstanceId),
            Identity = connect.Get(ContactCenterSchema.Identity),
            EntryFlow = EntryFlowOf(connect, flows),
            Flows = flows,
            Hours = hours,
            Queues = queues,
            RoutingProfiles = ProfilesOf(connect, queues),
            Functions = connect.Get(ContactCenterSchema.Functions),
            Quotas = QuotasOf(connect.Inside(ContactCenterSchema.Quotas)),
            Agents = connect.Get(ContactCenterSchema.Agents),
            Distribution = connect.FindNumber(ContactCenterSchema.Distribution),
            PhoneNumbers = connect.Get(ContactCenterSchema.PhoneNumbers),
            AttributeBytesMax = connect.Get(ContactCenterSchema.AttributeBytesMax),
        };
    }

    private static ImmutableArray<ConnectFlow> FlowsOf(Written connect) =>
        connect.FindNumber(ContactCenterSchema.Flows) is { } flows
            ?
            [
                .. flows.Select(flow => new ConnectFlow(
                    flow.Get(FlowSchema.Name), flow.Get(FlowSchema.Kind), flow.Find(FlowSchema.File),
                    flow.Get(FlowSchema.Hash), flow.Get(FlowSchema.References))),
            ]
            : [new ConnectFlow("inbound", FlowKind, null, "", [])];

    private static string EntryFlowOf(Written connect, ImmutableArray<ConnectFlow> flows)
    {
        if (connect.Find(ContactCenterSchema.EntryFlow) is not { } name)
        {
            return flows[0].Name;
        }

        Require(connect, ContactCenterSchema.EntryFlow, "flow", name, flows.Select(flow => flow.Name));
        return name;
    }

    private static ImmutableArray<ConnectHours> HoursOf(Written connect) =>
        connect.FindNumber(ContactCenterSchema.Hours) is { } hours
            ?
            [
                .. hours.Select(item => new ConnectHours(
                    item.Get(HoursSchema.Name), item.Get(HoursSchema.TimeZone), item.Get(HoursSchema.Days),
                    item.Get(HoursSchema.Open), item.Get(HoursSchema.Close))),
            ]
            : [Always];

    private static ImmutableArray<ConnectQueue> QueuesOf(Written connect, ImmutableArray<ConnectHours> hours)
    {
        var agents = connect.Get(ContactCenterSchema.Agents);
        if (connect.FindNumber(ContactCenterSchema.Queues) is not { Length: > 0 } queues)
        {
            return [new ConnectQueue("calls", hours[0].Name, null, agents)];
        }

        return [.. queues.Select(queue => Queue(queue, hours, agents / queues.Length))];
    }

    private static ConnectQueue Queue(Written queue, ImmutableArray<ConnectHours> hours, int agents)
    {
        var name = queue.Find(QueueSchema.Hours) ?? hours[0].Name;
        Require(queue, QueueSchema.Hours, "hours", name, hours.Select(item => item.Name));
        return new ConnectQueue(
            queue.Get(QueueSchema.Name), name, queue.FindNumber(QueueSchema.ContactsMax),
            queue.FindNumber(QueueSchema.Agents) ?? agents);
    }

    private static ImmutableArray<ConnectRoutingProfile> ProfilesOf(
        Written connect, ImmutableArray<ConnectQueue> queues)
    {
        ImmutableArray<string> all = [.. queues.Select(queue => queue.Name)];
        if (connect.FindNumber(ContactCenterSchema.RoutingProfiles) is not { } profiles)
        {
            return [new ConnectRoutingProfile("agents", all)];
        }

        foreach (var profile in profiles)
        {
            foreach (var name in profile.FindNumber(RoutingProfileSchema.Queues) ?? [])
            {
                Require(profile, RoutingProfileSchema.Queues, "queue", name, all);
            }
        }

        return
        [
            .. profiles.Select(profile => new ConnectRoutingProfile(
                profile.Get(RoutingProfileSchema.Name),
                profile.FindNumber(RoutingProfileSchema.Queues) ?? all)),
        ];
    }

    private static void Require(
        Written section, Setting setting, string kind, string name, IEnumerable<string> known)
    {
        if (!known.Contains(name))
        {
            Unknown.Report(section, setting, kind, name, known);
        }
    }

    private static ConnectQuotas QuotasOf(Written quotas) => new()
    {
        ConcurrentCalls = quotas.Get(ConnectQuotaSchema.ConcurrentCalls),
        StartsPerSecond = quotas.Get(ConnectQuotaSchema.StartsPerSecond),
        StartBurst = quotas.Get(ConnectQuotaSchema.StartBurst),
        Queues = quotas.Get(ConnectQuotaSchema.Queues),
        Flows = quotas.Get(ConnectQuotaSchema.Flows),
        Users = quotas.Get(ConnectQuotaSchema.Users),
        PhoneNumbers = quotas.Get(ConnectQuotaSchema.PhoneNumbers),
        RoutingProfiles = quotas.Get(ConnectQuotaSchema.RoutingProfiles),
    };
}
