using Farspan.Topology;

namespace Farspan.Render;

/// <summary>What Terraform has no type for, as the exact call and the way to see that it worked.</summary>
internal sealed class StepsDocument(NetworkIndex index)
{
    private readonly Network _network = index.Network;
    private readonly TextLines _text = new();
    private int _number;

    public string Write()
    {
        _text.Add("# Steps by hand").Add();
        _text.Add("In this order, after the first `terraform apply`. Each can be repeated without harm.").Add();
        foreach (var transport in _network.PartnerTransports)
        {
            Partner(transport);
        }

        Ports();
        Persistence();
        Quotas();
        Replication();
        return _text.ToString();
    }

    private void Step(string title, string why)
    {
        _number++;
        _text.Add($"## {_number}. {title}").Add().Add(why).Add();
    }

    private void Code(params string[] lines) => _text.Add("```sh").Add(lines).Add("```").Add();

    private void Partner(PartnerTransport transport)
    {
        var region = index.Network.Regions.First(r => r.Name == transport.Region);
        var module = Names.LinksModule(region);
        Step(
            $"AWS's half of {transport.Id}",
            $"AWS Interconnect joins the Direct Connect gateway to Google's transport; neither `hashicorp/aws` nor "
            + "Google's provider has a type for it. The answer's `activationKey` goes back into Terraform.");
        Code(
            $"GATEWAY=$(terraform -chdir=terraform output -raw {Hcl.Identifier(region.Name)}_dx_gateway_id)",
            $"aws interconnect list-environments --region {transport.AwsRegion}    # note the environmentId of "
            + $"Google {transport.GoogleRegion}",
            $"aws interconnect create-connection --region {transport.AwsRegion} \\",
            $"  --bandwidth {Bandwidth(transport.BandwidthMbps)} --attach-point directConnectGateway=$GATEWAY \\",
            "  --environment-id ENVIRONMENT_ID --query 'connection.activationKey' --output text");
        Code(
            $"export TF_VAR_{Hcl.Identifier(region.Name)}_activation_key=KEY",
            $"terraform -chdir=terraform apply -target=module.{module}",
            $"gcloud network-connectivity transports describe {transport.Name} --region={transport.GoogleRegion} "
            + "--format='value(state)'    # ACTIVE");
    }

    private static string Bandwidth(int megabits) => megabits >= 1000 ? $"{megabits / 1000}Gbps" : $"{megabits}Mbps";

    private void Ports()
    {
        if (_network.Interconnects.IsEmpty && _network.Connections.IsEmpty)
        {
            return;
        }

        Step(
            "Letters of authorisation and cross connects",
            "Ports come up once fibre is in them. For a Cross-Cloud Interconnect Google orders the cross connect "
            + "itself, with AWS's letter; in a colo it is ours to order, with both.");
        foreach (var connection in _network.Connections)
        {
            Code(
                $"# {connection.Id} at {connection.Location}",
                $"aws directconnect describe-loa --region {connection.AwsRegion} --connection-id "
                + $"$(aws directconnect describe-connections --region {connection.AwsRegion} --query "
                + $"\"connections[?connectionName=='{connection.Name}'].connectionId\" --output text) \\",
                $"  --query loaContent --output text | base64 -d > {connection.Name}.pdf");
        }

        foreach (var port in _network.Interconnects)
        {
            Code($"gcloud compute interconnects describe {port.Name} --format='value(state,operationalStatus)'    "
                + "# ACTIVE OS_ACTIVE");
        }

        foreach (var router in _network.ColoRouters)
        {
            Colo(router);
        }
    }

    private void Colo(ColoRouter router)
    {
        Step(
            $"Configure {router.Id}",
            $"AS {router.Asn} at {router.Location}. It carries routes from one cloud to the other and must drop "
            + "nothing larger than the links' MTU.");
        _text.Add(MarkdownTable.Lines(
            ["session", "own address", "peer", "peer's AS", "hold", "BFD"],
            _network.Sessions
                .Where(s => s.Local.Speaker == router.Id || s.Remote.Speaker == router.Id)
                .Select(s => s.Local.Speaker == router.Id
                    ? ColoSession(s, (s.Local, s.Remote)) : ColoSession(s, (s.Remote, s.Local)))));
    }

    private static string[] ColoSession(BgpSession session, (BgpEnd Own, BgpEnd Peer) ends) =>
    [
        session.Id, $"{ends.Own.Address}", $"{ends.Peer.Address?.Address}", $"{ends.Peer.Asn}",
        Seconds.Text(ends.Own.Hold),
        ends.Own.Bfd is { } bfd ? $"{Seconds.Text(bfd.MinTransmit)} × {bfd.Multiplier}" : "no",
    ];

    private void Persistence()
    {
        var balancers = _network.LoadBalancers
            .Where(b => b.Scope == CloudScope.Regional && b.ConnectionPersistence != "DEFAULT_FOR_PROTOCOL")
            .ToList();
        if (balancers.Count == 0)
        {
            return;
        }

        Step(
            "Connection persistence of the load balancers",
            "Only the beta provider has `connection_tracking_policy`. Without it a TCP connection stays with an "
            + "edge that is dead.");
        foreach (var balancer in balancers)
        {
            Code(
                $"gcloud compute backend-services update {balancer.Name} --region={balancer.GoogleRegion} \\",
                $"  --connection-persistence-on-unhealthy-backends={balancer.ConnectionPersistence}");
        }
    }

    private void Quotas()
    {
        Step("Quotas of Amazon Connect", "Defaults are far below the plan; raises take hours to weeks. Ask first, "
            + "for every region:");
        _text.Add(MarkdownTable.Lines(
            ["instance", "concurrent calls", "StartWebRTCContact a second", "burst"],
            _network.ConnectInstances.Select(i => new[]
            {
                i.Id, $"{i.Quotas.ConcurrentCalls}", $"{i.Quotas.StartsPerSecond}", $"{i.Quotas.StartBurst}",
            })));
        foreach (var instance in _network.ConnectInstances)
        {
            Code($"aws service-quotas list-service-quotas --region {instance.AwsRegion} --service-code connect \\",
                "  --query 'Quotas[].[QuotaName,QuotaCode,Value]' --output table");
        }
    }

    private void Replication()
    {
        if (_network.ConnectInstances.All(i => i.Distribution is null))
        {
            return;
        }

        Step(
            "Global Resiliency of Amazon Connect",
            "Replicas and traffic distribution have no type in Terraform. It needs SAML and an agreement with AWS.");
        var first = _network.ConnectInstances[0];
        foreach (var instance in _network.ConnectInstances.Skip(1))
        {
            Code(
                $"aws connect replicate-instance --region {first.AwsRegion} --instance-id INSTANCE_ID \\",
                $"  --replica-region {instance.AwsRegion} --replica-alias {instance.Alias}");
        }

        var shares = string.Join(",", _network.ConnectInstances.Select(i =>
            $"{{Region={i.AwsRegion},Percentage={i.Distribution ?? 0}}}"));
        Code(
            $"aws connect create-traffic-distribution-group --region {first.AwsRegion} --name {_network.Name} "
            + "--instance-id INSTANCE_ID",
            $"aws connect update-traffic-distribution --region {first.AwsRegion} --id GROUP_ID --telephony-config "
            + $"'Distributions=[{shares}]'");
    }
}
