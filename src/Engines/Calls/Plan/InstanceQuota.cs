using Farspan.Topology;

namespace Farspan.Calls;

/// <summary>What an instance allows, and with whom it shares its rate of starts.</summary>
/// <param name="InstanceId">What AWS calls the instance.</param>
/// <param name="Account">Instances of one account and region share the rate.</param>
/// <param name="Region">See <paramref name="Account"/>.</param>
/// <param name="Settings">The quota.</param>
public sealed record InstanceQuota(string InstanceId, string Account, string Region, QuotaSettings Settings)
{
    internal static InstanceQuota Create(InstanceModel instance) =>
        new(instance.InstanceId, instance.Account, instance.Region, new QuotaSettings
        {
            StartsPerSecond = instance.Quota.StartsPerSecond,
            StartBurst = instance.Quota.StartBurst,
            ConcurrentContactsMax = instance.Quota.ConcurrentContactsMax,
            WaitMax = instance.Quota.WaitMax,
            WaitingMax = instance.Quota.WaitingMax,
        });
}
