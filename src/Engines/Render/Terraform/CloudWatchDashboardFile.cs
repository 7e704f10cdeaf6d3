using Farspan.Topology;

namespace Farspan.Render;

/// <summary>A page of CloudWatch for one region: the hub, the connectors, Amazon Connect.</summary>
internal sealed class CloudWatchDashboardFile(NetworkIndex index, Region region, TerraformModule module)
{
    private const int Width = 12;
    private const int Height = 6;

    public void Render()
    {
        var widgets = new List<HclValue>
        {
            Widget(0, "Transit gateway: bytes", "Sum", Gateway("BytesIn"), Gateway("BytesOut")),
            Widget(1, "Transit gateway: "
                + "drops", "Sum", Gateway("PacketDropCountBlackhole"), Gateway("PacketDropCountNoRoute")),
        };
        foreach (var instance in NetworkIndex.In(index.Network.ConnectInstances, region))
        {
            widgets.Add(Widget(
                widgets.Count, $"{instance.Alias}: calls", "Maximum", Connect(instance, "ConcurrentCalls"),
                Connect(instance, "CallsPerInterval"), Connect(instance, "ThrottledCalls")));
        }

        foreach (var connector in NetworkIndex.In(index.Network.Connectors, region))
        {
            widgets.Add(Widget(widgets.Count, "Connectors in service", "Minimum", Hcl.List(
                "AWS/AutoScaling", "GroupInServiceInstances", "AutoScalingGroupName",
                Hcl.Reference($"aws_autoscaling_group.{Names.Local(connector)}.name"))));
        }

        module.File("dashboard.tf").Resource("aws_cloudwatch_dashboard", "main", resource => resource
            .Set("dashboard_name", $"{index.Network.Name}-{region.AwsRegion}")
            .Set("dashboard_body", Hcl.Json(Hcl.Map(("widgets", Hcl.List(widgets))))));
    }

    private static HclValue Gateway(string metric) => Hcl.List(
        "AWS/TransitGateway", metric, "TransitGateway", Hcl.Reference("aws_ec2_transit_gateway.main.id"));

    private static HclValue Connect(ConnectInstance instance, string metric) => Hcl.List(
        "AWS/Connect", metric, "InstanceId", ConnectFiles.InstanceId(instance), "MetricGroup", "VoiceCalls");

    private HclValue Widget(int place, string title, string statistic, params HclValue[] metrics) => Hcl.Map(
        ("type", "metric"),
        ("x", Width * (place % 2)),
        ("y", Height * (place / 2)),
        ("width", Width),
        ("height", Height),
        ("properties", Hcl.Map(
            ("title", title),
            ("region", region.AwsRegion),
            ("stat", statistic),
            ("period", 60),
            ("metrics", Hcl.List(metrics)))));
}
