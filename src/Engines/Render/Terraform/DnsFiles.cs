using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The zone in which carriers find the edges, at Google or at Route 53.</summary>
internal sealed class DnsFiles(NetworkIndex index, TerraformModule module)
{
    private const string File = "dns.tf";

    public void Render()
    {
        if (index.Network.Dns is not { } zone)
        {
            return;
        }

        var isGoogle = zone.Provider == DnsProvider.Google;
        if (isGoogle)
        {
            GoogleZone(zone);
        }
        else
        {
            Route53Zone(zone);
        }

        foreach (var record in zone.Records)
        {
            if (isGoogle)
            {
                GoogleRecord(record);
            }
            else
            {
                Route53Record(record);
            }
        }
    }

    private void GoogleZone(DnsZone zone)
    {
        module.File(File).Resource("google_dns_managed_zone", "main", resource => resource
            .Set("name", Hcl.Identifier(Domain(zone)).Replace('_', '-'))
            .Set("dns_name", Domain(zone) + ".")
            .Set("description", $"Where carriers find {index.Network.Name}.")
            .Block("dnssec_config", dnssec => dnssec.Set("state", "on")));
        module.Output(
            "name_servers", Hcl.Reference("google_dns_managed_zone.main.name_servers"), "For the parent zone's NS "
            + "records.");
    }

    private void Route53Zone(DnsZone zone)
    {
        module.File(File).Resource("aws_route53_zone", "main", resource => resource
            .Set("provider", AnyAws())
            .Set("name", Domain(zone))
            .Set("comment", $"Where carriers find {index.Network.Name}."));
        module.Output("name_servers", Hcl.Reference("aws_route53_zone.main.name_servers"), "For the parent zone's "
            + "NS records.");
    }

    private void GoogleRecord(DnsRecord record) => module.File(File)
        .Resource("google_dns_record_set", Name(record), resource => resource
            .Set("managed_zone", Hcl.Reference("google_dns_managed_zone.main.name"))
            .Set("name", HostOf(record) + ".")
            .Set("type", record.Type)
            .Set("ttl", Seconds.Of(record.TimeToLive))
            .Set("rrdatas", Hcl.List(record.Values.Select(Value))));

    private void Route53Record(DnsRecord record)
    {
        if (record.HealthCheck is { } probing && record.Type == "A")
        {
            foreach (var value in record.Values)
            {
                WatchedRecord(record, value, probing);
            }

            return;
        }

        module.File(File).Resource("aws_route53_record", Name(record), resource => resource
            .Set("provider", AnyAws())
            .Set("zone_id", Hcl.Reference("aws_route53_zone.main.zone_id"))
            .Set("name", HostOf(record))
            .Set("type", record.Type)
            .Set("ttl", Seconds.Of(record.TimeToLive))
            .Set("records", Hcl.List(record.Values.Select(Value))));
    }

    /// <summary>An address that Route 53 stops giving out once it does not answer.</summary>
    private void WatchedRecord(DnsRecord record, string value, Probing probing)
    {
        var name = $"{Name(record)}_{Names.Global(value)}";
        module.File(File)
            .Resource("aws_route53_health_check", name, resource => resource
                .Set("provider", AnyAws())
                .Set("type", "TCP")
                .Set("ip_address", Value(value))
                .Set("port", 5060)
                .Set("request_interval", probing.Interval <= TimeSpan.FromSeconds(10) ? 10 : 30)
                .Set("failure_threshold", probing.Failures))
            .Resource("aws_route53_record", name, resource => resource
                .Set("provider", AnyAws())
                .Set("zone_id", Hcl.Reference("aws_route53_zone.main.zone_id"))
                .Set("name", HostOf(record))
                .Set("type", record.Type)
                .Set("ttl", Seconds.Of(record.TimeToLive))
                .Set("set_identifier", value)
                .Set("multivalue_answer_routing_policy", true)
                .Set("health_check_id", Hcl.Reference($"aws_route53_health_check.{name}.id"))
                .Set("records", Hcl.List(Value(value))));
    }

    /// <summary>An address that is only drawn later stands there by its id.</summary>
    private HclValue Value(string value) => index.Find<ExternalAddress>(value) is { } address
        ? Hcl.Reference($"module.{Hcl.Identifier(address.Region)}_google.address_{Names.Local(address)}")
        : value;

    private HclValue AnyAws() => Hcl.Reference($"aws.{Names.Provider(index.Network.Regions[0].AwsRegion)}");

    private static string Domain(DnsZone zone) => zone.Id[(zone.Id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string Name(DnsRecord record) => Names.Global(record.Id);

    /// <summary>The owner's name: <c>dns-record/edge.example.com/A</c> without its ends.</summary>
    private static string HostOf(DnsRecord record) => record.Id.Split('/')[1];
}
