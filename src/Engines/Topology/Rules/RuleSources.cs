namespace Farspan.Topology;

/// <summary>Where what rules say is written: vendors' pages, as of August 2026, and standards.</summary>
internal static class RuleSources
{
    private const string Aws = "https://docs.aws.amazon.com/";

    private const string Google = "https://cloud.google.com/";

    public const string AmazonConnect =
        $"Amazon Connect administrator guide, {Aws}connect/latest/adminguide/";

    public const string AmazonConnectApi = $"Amazon Connect API reference, {Aws}connect/latest/APIReference/";

    public const string CloudRouter = $"Google Cloud Router, {Google}network-connectivity/docs/router";

    public const string CloudRouterBfd =
        $"Google Cloud Router, BFD, {Google}network-connectivity/docs/router/how-to/configuring-bfd";

    public const string CloudRouterLearned =
        "Google Cloud Router, learned routes, "
        + $"{Google}network-connectivity/docs/router/concepts/learned-routes";

    public const string CloudRouterTimers =
        "Google Cloud Router, BGP timers, "
        + $"{Google}network-connectivity/docs/router/how-to/managing-bgp-timers";

    public const string CloudVpn =
        $"Google Cloud VPN, topologies, {Google}network-connectivity/docs/vpn/concepts/topologies";

    public const string CloudWan =
        $"AWS Cloud WAN, peerings, {Aws}network-manager/latest/cloudwan/cloudwan-peerings.html";

    public const string Compute = $"Google Compute Engine API, {Google}compute/docs/reference/rest/v1";

    public const string DirectConnectBgp =
        $"AWS Direct Connect, BGP, {Aws}directconnect/latest/UserGuide/bgp-specific-settings.html";

    public const string DirectConnectLimits =
        $"AWS Direct Connect, quotas, {Aws}directconnect/latest/UserGuide/limits.html";

    public const string DirectConnectMetrics =
        $"AWS Direct Connect, metrics, {Aws}directconnect/latest/UserGuide/monitoring-cloudwatch.html";

    public const string DirectConnectTransit =
        "AWS Direct Connect, transit gateways, "
        + $"{Aws}directconnect/latest/UserGuide/direct-connect-transit-gateways.html";

    public const string Ec2Api = $"Amazon EC2 API reference, {Aws}AWSEC2/latest/APIReference/";

    public const string GoogleFirewall =
        $"Google Cloud Load Balancing, firewall rules, {Google}load-balancing/docs/firewall-rules";

    public const string GoogleHybrid =
        $"Google Cloud Load Balancing, hybrid groups, {Google}load-balancing/docs/negs/hybrid-neg-concepts";

    public const string GoogleNetworkBalancer =
        "Google Cloud, passthrough network load balancer, "
        + $"{Google}load-balancing/docs/network/networklb-backend-service";

    public const string Interconnect =
        $"Google Cloud Interconnect, {Google}network-connectivity/docs/interconnect";

    public const string InterconnectRegions =
        $"AWS Interconnect, regions, {Aws}interconnect/latest/userguide/region-availability.html";

    public const string MultiCloudPractices =
        "AWS networking best practices, hybrid and multicloud, https://github.com/aws/aws-networking-best-practices";

    public const string NetworkAcls =
        $"Amazon VPC, network ACLs, {Aws}vpc/latest/userguide/vpc-network-acls.html";

    public const string NetworkBalancer =
        $"AWS Network Load Balancer, {Aws}elasticloadbalancing/latest/network/";

    public const string PartnerCrossCloud =
        "Google Partner Cross-Cloud Interconnect for AWS, "
        + $"{Google}network-connectivity/docs/interconnect/concepts/partner-cci-for-aws-overview";

    public const string TransitGateway =
        $"AWS Transit Gateway, {Aws}vpc/latest/tgw/how-transit-gateways-work.html";

    public const string TransitPeering =
        $"AWS Transit Gateway, peering, {Aws}vpc/latest/tgw/tgw-peering.html";

    public const string TransitQuotas =
        $"AWS Transit Gateway, quotas, {Aws}vpc/latest/tgw/transit-gateway-quotas.html";

    public const string ChimeNetwork =
        $"Amazon Chime SDK, network requirements, {Aws}chime-sdk/latest/dg/network-config.html";

    public const string Measured = "Measured with BIRD and FRR in network namespaces";

    public const string Design = "A principle of Farspan's design";
}
