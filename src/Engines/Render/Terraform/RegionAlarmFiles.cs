using Farspan.Topology;

namespace Farspan.Render;

/// <summary>What CloudWatch watches of a region besides its links, and its dashboard.</summary>
internal sealed class RegionAlarmFiles(NetworkIndex index, Region region, TerraformModule module)
{
    private const string Topic = "aws_sns_topic.alarms.arn";
    private readonly string _prefix = $"{Names.Prefix(index.Network)}{region.AwsRegion}-";

    public void Render()
    {
        Receivers();
        Gateway();
        foreach (var instance in NetworkIndex.In(index.Network.ConnectInstances, region))
        {
            Connect(instance);
        }

        foreach (var connector in NetworkIndex.In(index.Network.Connectors, region))
        {
            Connector(connector);
        }

        new CloudWatchDashboardFile(index, region, module).Render();
    }

    private void Receivers()
    {
        module.File("alarms.tf").Resource("aws_sns_topic", "alarms", resource => resource
            .Set("name", $"{_prefix}alarms"));
        foreach (var receiver in index.Network.Monitoring.Notify)
        {
            module.File("alarms.tf")
                .Resource("aws_sns_topic_subscription", Hcl.Identifier(receiver), resource => resource
                .Set("topic_arn", Hcl.Reference(Topic))
                .Set("protocol", "email")
                .Set("endpoint", receiver));
        }

        module.Output("alarm_topic_arn", Hcl.Reference(Topic), "Where alarms of the region go.");
    }

    private void Write(CloudWatchAlarm alarm) => alarm.Write(module.File("alarms.tf"), _prefix, Hcl.Reference(Topic));

    private void Gateway()
    {
        foreach (var (metric, what) in new[] { ("Blackhole", "that match a blackhole "
            + "route"), ("NoRoute", "without a route") })
        {
            Write(new CloudWatchAlarm(
                $"drops_{Names.Words(metric)}", $"The transit gateway drops packets {what}. "
                + "runbooks/region-links-lost.md",
                "AWS/TransitGateway", $"PacketDropCount{metric}")
            {
                Dimensions = [("TransitGateway", Hcl.Reference("aws_ec2_transit_gateway.main.id"))],
                Statistic = "Sum",
                Periods = 2,
            });
        }
    }

    private void Connect(ConnectInstance instance)
    {
        Voice(instance, "ConcurrentCallsPercentage", "More than 80 % of the concurrent-call quota is in use.", 80);
        Voice(instance, "CallsBreachingConcurrencyQuota", "Connect refuses calls: the concurrent-call quota is "
            + "used up.", 0);
        Voice(instance, "ThrottledCalls", "Connect refuses calls: they come too fast.", 0);
        Voice(instance, "MisconfiguredPhoneNumbers", "Calls reach a number without a flow.", 0);
        Write(new CloudWatchAlarm(
            "connect_flow_errors", "A flow ended with a fatal error.", "AWS/Connect", "ContactFlowFatalErrors")
        {
            Dimensions =
            [
                ("InstanceId", ConnectFiles.InstanceId(instance)),
                ("MetricGroup", "ContactFlow"),
                ("ContactFlowName", instance.EntryFlow),
            ],
            Statistic = "Sum",
        });
        Write(new CloudWatchAlarm(
            "connect_packet_loss", "More than 1 % of the packets from callers are lost.", "AWS/Connect",
            "ToInstancePacketLossRate")
        {
            Dimensions =
            [
                ("InstanceId", ConnectFiles.InstanceId(instance)),
                ("Participant", "Agent"),
                ("Type of Connection", "WebRTC"),
                ("Stream Type", "Voice"),
            ],
            Statistic = "Average",
            Threshold = 0.01,
            Periods = 3,
        });
    }

    private void Voice(ConnectInstance instance, string metric, string text, double threshold) =>
        Write(new CloudWatchAlarm($"connect_{Names.Words(metric)}", text, "AWS/Connect", metric)
        {
            Dimensions = [("InstanceId", ConnectFiles.InstanceId(instance)), ("MetricGroup", "VoiceCalls")],
            Threshold = threshold,
        });

    private void Connector(Connector connector) => Write(new CloudWatchAlarm(
        $"connectors_{Names.Local(connector)}",
        $"Fewer than {connector.InstancesDesired} connectors are in service. runbooks/connector-lost.md",
        "AWS/AutoScaling", "GroupInServiceInstances")
    {
        Dimensions =
        [
            ("AutoScalingGroupName", Hcl.Reference($"aws_autoscaling_group.{Names.Local(connector)}.name")),
        ],
        Periods = 2,
    }.Below(connector.InstancesDesired));
}
