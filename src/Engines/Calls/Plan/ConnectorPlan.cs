using System.Collections.Immutable;
using System.Net;
using Farspan.Kernel;
using Farspan.Routing;
using Farspan.Topology;

namespace Farspan.Calls;

/// <summary>
/// What a connector works with, made of the model of its configuration: trunks, dial plan, attributes, quotas
/// and timings. Immutable; the stateful parts are made from it.
/// </summary>
public sealed record ConnectorPlan
{
    public required ImmutableArray<Trunk> Trunks { get; init; }

    public required DialPlan DialPlan { get; init; }

    public required AttributeRules Attributes { get; init; }

    /// <summary>The instance's name in the configuration → what AWS calls it.</summary>
    public required IReadOnlyDictionary<string, string> InstanceIds { get; init; }

    /// <summary>In the order of the configuration.</summary>
    public required ImmutableArray<InstanceQuota> Quotas { get; init; }

    public required CallSettings Calls { get; init; }

    /// <summary>Calls at once on this node.</summary>
    public required int CallsMax { get; init; }

    /// <summary>Makes the plan of a model that the loader has checked.</summary>
    /// <param name="model">The model.</param>
    /// <param name="hostAddress">Where media faces the carriers, if the model names no address.</param>
    public static ConnectorPlan Create(FarspanModel model, IPAddress hostAddress) => new()
    {
        Trunks = [.. model.Sip.Trunks.Select(trunk => TrunkPlan.Create(trunk, model, hostAddress))],
        DialPlan = RoutePlan.Create(model),
        Attributes = RoutePlan.CreateAttributes(model.Attributes),
        InstanceIds = model.Connect.Instances.ToDictionary(item => item.Name, item => item.InstanceId),
        Quotas = [.. model.Connect.Instances.Select(InstanceQuota.Create)],
        Calls = CreateSettings(model),
        CallsMax = model.Calls.CallsMax,
    };

    /// <summary>Decides about INVITEs by this plan.</summary>
    public CallAdmission CreateAdmission(RandomSource random, KeyMaterialSource keys) => new(
        new TrunkTable(Trunks),
        DialPlan,
        Attributes,
        InstanceIds,
        new AdmissionSettings { Random = random, Keys = keys, CallsMax = CallsMax });

    /// <summary>Gets contacts by this plan; every instance has its quota governor.</summary>
    public ContactDesk CreateDesk(RandomSource random)
    {
        var desk = new ContactDesk(Calls.Contact, random);
        var limiters = new Dictionary<(string Account, string Region), StartRateLimiter>();
        foreach (var quota in Quotas)
        {
            if (!limiters.TryGetValue((quota.Account, quota.Region), out var starts))
            {
                starts = new StartRateLimiter(quota.Settings.StartsPerSecond, quota.Settings.StartBurst);
                limiters.Add((quota.Account, quota.Region), starts);
            }

            desk.Register(quota.InstanceId, new QuotaGovernor(quota.InstanceId, quota.Settings, starts));
        }

        return desk;
    }

    private static CallSettings CreateSettings(FarspanModel model)
    {
        var timings = model.Connect.Timings;
        return new CallSettings
        {
            Contact = new ContactTimings
            {
                StartLimit = model.Calls.RingingLimit,
                BackOffFirst = timings.BackOffFirst,
                BackOffMax = timings.BackOffMax,
                SettleLimit = timings.SettleLimit,
            },
            ContactLeg = new ContactLegTimings
            {
                Gather = timings.Gather,
                Connect = timings.Connect,
                Rejoin = timings.Rejoin,
            },
            Chime = new Chime.ChimeTimings { RejoinWindow = timings.Rejoin },
            Digits = new DigitTimings { Gap = model.Calls.DigitGap, Oldest = model.Calls.DigitWaitMax },
        };
    }
}
