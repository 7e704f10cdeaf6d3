using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// The instances of Amazon Connect that nodes may use, as far as AWS has named those of the regions.
/// </summary>
internal static class RegionInstances
{
    public static ImmutableArray<InstanceModel> Of(WrittenNetwork network)
    {
        var instances = ImmutableArray.CreateBuilder<InstanceModel>();
        foreach (var region in network.Regions)
        {
            var connect = region.Inside(RegionSchema.Connect).Or(network.ContactCenters);
            region.Reading.Context.Declare("instance", region.Get(RegionSchema.Name), region.Reading);
            if (connect.Find(ContactCenterSchema.InstanceId) is { } id)
            {
                instances.Add(Make(network, region, connect, id));
            }
        }

        return instances.ToImmutable();
    }

    private static InstanceModel Make(WrittenNetwork network, Written region, Written connect, string id)
    {
        var quotas = connect.Inside(ContactCenterSchema.Quotas);
        var waits = QuotaSchema.Default(region.Reading);
        return new InstanceModel
        {
            Name = region.Get(RegionSchema.Name),
            InstanceId = id,
            Region = region.Get(RegionSchema.Aws),
            Account = network.Aws.Find(AwsSchema.Account) ?? "default",
            Endpoint = null,
            ParticipantEndpoint = null,
            TrustedCertificatesPath = null,
            Credentials = new CredentialsModel.DefaultChain(),
            Quota = waits with
            {
                StartsPerSecond = quotas.Get(ConnectQuotaSchema.StartsPerSecond),
                StartBurst = quotas.Get(ConnectQuotaSchema.StartBurst),
                ConcurrentContactsMax = quotas.Get(ConnectQuotaSchema.ConcurrentCalls),
            },
            ContactFlowId = connect.Find(ContactCenterSchema.EntryFlowId),
        };
    }
}
