namespace Farspan.Topology;

/// <summary>How the network is watched, changed and judged.</summary>
internal static class OperationDerivation
{
    private const int StateRegionCount = 2;

    public static Monitoring MonitoringOf(NetworkPlan plan)
    {
        var monitoring = plan.Written.Monitoring;
        return new Monitoring
        {
            Origin = monitoring.Origin,
            HasSessionAlarms = monitoring.Get(MonitoringSchema.SessionAlarms),
            MissingDataIsBad = monitoring.Get(MonitoringSchema.MissingDataIsBad),
            Signal = monitoring.Get(MonitoringSchema.Signal),
            ProbeInterval = monitoring.FindNumber(MonitoringSchema.ProbeInterval),
            ProbedRegions = monitoring.FindNumber(MonitoringSchema.ProbedRegions)
                ?? [.. plan.Regions.Select(region => region.Name)],
            AlarmRegions = monitoring.FindNumber(MonitoringSchema.AlarmRegions)
                ?? [.. plan.Regions.Select(region => region.Aws)],
            LogRetentionDays = monitoring.FindNumber(MonitoringSchema.LogRetentionDays),
            HasLogKey = monitoring.Get(MonitoringSchema.LogKey),
            RedactsPersonalData = monitoring.Get(MonitoringSchema.RedactsPersonalData),
            Notify = monitoring.Get(MonitoringSchema.Notify),
        };
    }

    public static Management ManagementOf(NetworkPlan plan)
    {
        var management = plan.Written.Management;
        return new Management
        {
            Origin = management.Origin,
            StateBucket = management.Find(ManagementSchema.StateBucket)
                ?? $"{NetworkPlan.NameOf(plan.Written.Cluster)}-terraform",
            StateRegions = management.FindNumber(ManagementSchema.StateRegions)
                ?? [.. plan.Regions.Take(StateRegionCount).Select(region => region.Aws)],
            HasStateLock = management.Get(ManagementSchema.StateLock),
            Controller = ControllerOf(plan, management),
        };
    }

    private static RouteController? ControllerOf(NetworkPlan plan, Written management)
    {
        var isNeeded = plan.HasPeerings
            && plan.Written.CrossRegion.Get(CrossRegionSchema.Fallback) == PeeringFallback.Controller;
        if (!isNeeded && !management.Has(ManagementSchema.Controller))
        {
            return null;
        }

        var controller = management.Inside(ManagementSchema.Controller);
        return new RouteController(
            controller.FindNumber(ControllerSchema.AwsRegions)
                ?? [.. plan.Regions.Select(region => region.Aws)],
            ProbingSchema.Make(controller.Inside(ControllerSchema.Probing)),
            controller.Get(ControllerSchema.Dwell),
            controller.Get(ControllerSchema.CallTime),
            controller.Get(ControllerSchema.Idempotent),
            controller.Get(ControllerSchema.Hysteresis));
    }

    public static Policies PoliciesOf(NetworkPlan plan)
    {
        var policies = plan.Written.Policies;
        return new Policies
        {
            Origin = policies.Origin,
            RequiresLinkEncryption = policies.Get(PoliciesSchema.LinkEncryption),
            RequiresCarrierEncryption = policies.Get(PoliciesSchema.CarrierEncryption),
            HasInnerEncryption = policies.Get(PoliciesSchema.InnerEncryption),
            NamePrefix = plan.Prefix,
            Tags = policies.Get(PoliciesSchema.Tags),
            AdminSources = policies.Get(PoliciesSchema.AdminSources),
            RequiresSegmentation = policies.Get(PoliciesSchema.Segmentation),
            GuardsDestruction = policies.Get(PoliciesSchema.GuardsDestruction),
        };
    }

    public static IEnumerable<Objective> ObjectivesOf(NetworkPlan plan) =>
        plan.Written.Objectives.Select(objective =>
        {
            var failure = objective.Get(ObjectiveSchema.Failure);
            var failures = objective.Get(ObjectiveSchema.Failures);
            var word = ObjectiveSchema.AnyFailure.Write(failure);
            var name = objective.Find(ObjectiveSchema.Name)
                ?? (failures == 1 ? $"one-{word}" : $"two-{word}");
            return new Objective
            {
                Id = $"objective/{name}",
                Name = name,
                Region = "",
                Origin = objective.Origin,
                Failure = failure,
                Failures = failures,
                NewCallsWithin = objective.FindNumber(ObjectiveSchema.NewCalls),
                EstablishedCallsWithin = objective.FindNumber(ObjectiveSchema.EstablishedCalls),
                CallsKeptPercent = objective.FindNumber(ObjectiveSchema.CallsKept),
                HeadroomPercent = objective.FindNumber(ObjectiveSchema.Headroom),
            };
        });
}
