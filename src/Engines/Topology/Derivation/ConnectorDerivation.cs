using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The connectors, and the instances of Amazon Connect they bridge to.</summary>
internal static class ConnectorDerivation
{
    private const int MaxFactor = 2;

    public static void Add(NetworkPlan plan, NetworkParts parts)
    {
        foreach (var region in plan.Regions)
        {
            parts.Connectors.Add(Connector(plan, region, parts));
            parts.ConnectInstances.Add(ContactCenterDerivation.InstanceOf(plan, region));
        }
    }

    private static Connector Connector(NetworkPlan plan, RegionPlan region, NetworkParts parts)
    {
        var connector = region.Inside(RegionSchema.Connector).Or(plan.Written.Connectors);
        var subnets = parts.AwsSubnets
            .Where(subnet => subnet.Vpc == region.Vpc && subnet.Purpose == AwsSubnetPurpose.Connector)
            .ToArray();
        var callsMax = connector.Get(ConnectorSchema.CallsMax);
        var callsPerSecondMax = connector.Get(ConnectorSchema.CallsPerSecondMax);
        var zones = subnets.Select(subnet => subnet.Zone).Distinct().Count();
        var min = connector.FindNumber(ConnectorSchema.InstancesMin)
            ?? plan.InstancesFor(zones, callsMax, callsPerSecondMax);
        var isWritten = region.Written.Has(RegionSchema.Connector);
        return new Connector
        {
            Id = region.Connector,
            Name = $"{plan.Prefix}-connector-{region.Aws}",
            Region = region.Name,
            Origin = isWritten ? connector.Origin : connector.Origin.Derived(),
            AwsRegion = region.Aws,
            Vpc = region.Vpc,
            Subnets = [.. subnets.Select(subnet => subnet.Id)],
            SecurityGroup = ConnectorFilters.GroupOf(region),
            InstanceType = connector.Get(ConnectorSchema.InstanceType),
            Image = connector.Get(ConnectorSchema.Image),
            InstancesMin = min,
            InstancesDesired = connector.FindNumber(ConnectorSchema.InstancesDesired) ?? min,
            InstancesMax = connector.FindNumber(ConnectorSchema.InstancesMax) ?? min * MaxFactor,
            CallsMax = callsMax,
            CallsPerSecondMax = callsPerSecondMax,
            SipPorts = connector.Get(ConnectorSchema.SipPorts),
            RtpPorts = connector.Get(ConnectorSchema.RtpPorts),
            HealthPort = connector.Get(ConnectorSchema.HealthPort),
            ScaleOutTime = connector.Get(ConnectorSchema.ScaleOutTime),
            DrainTimeout = connector.Get(ConnectorSchema.DrainTimeout),
            MediaTimeout = connector.Get(ConnectorSchema.MediaTimeout),
            StartTimeout = connector.Get(ConnectorSchema.StartTimeout),
            StartFailuresMax = connector.Get(ConnectorSchema.StartFailuresMax),
            RepeatsWithToken = connector.Get(ConnectorSchema.RepeatsWithToken),
            ConnectInstances = InstancesOf(plan, region, connector),
            SharesCalls = connector.Get(ConnectorSchema.SharesCalls),
            IsHandMade = connector.Get(ConnectorSchema.HandMade),
        };
    }

    private static ImmutableArray<string> InstancesOf(NetworkPlan plan, RegionPlan region, Written connector)
    {
        var names = connector.FindNumber(ConnectorSchema.ConnectRegions)
            ?? [region.Name, region.Element.Fallback];
        return [.. names.Select(plan.Find).OfType<RegionPlan>().Distinct().Select(r => r.ConnectInstance)];
    }
}
