using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Log groups, the key they are encrypted with, and who may write flow logs.</summary>
internal sealed class LogFiles(NetworkIndex index, Region region, TerraformModule module)
{
    private readonly Monitoring _monitoring = index.Network.Monitoring;

    public void Render()
    {
        if (_monitoring.HasLogKey)
        {
            Key();
        }

        Group("connector", "What connectors write.");
        if (HasFlowLogs())
        {
            Group("flow", "Who talked to whom.");
            FlowRole();
        }
    }

    /// <summary>Adds the log of accepted and refused flows of a VPC or a transit gateway.</summary>
    public static void FlowLog(TerraformModule module, string name, string attribute, HclValue id) =>
        module.File("logs.tf").Resource("aws_flow_log", name, resource => resource
            .Set(attribute, id)
            .Set("traffic_type", attribute == "vpc_id" ? "ALL" : null)
            .Set("max_aggregation_interval", 60)
            .Set("log_destination_type", "cloud-watch-logs")
            .Set("log_destination", Hcl.Reference("aws_cloudwatch_log_group.flow.arn"))
            .Set("iam_role_arn", Hcl.Reference("aws_iam_role.flow_logs.arn")));

    private bool HasFlowLogs() =>
        NetworkIndex.In(index.Network.Vpcs, region).Any(v => v.HasFlowLogs)
        || NetworkIndex.In(index.Network.TransitGateways, region).Any(t => t.HasFlowLogs);

    private void Key() => module.File("logs.tf")
        .Comment("Logs hold telephone numbers of callers: a key of our own decides who reads them.")
        .Resource("aws_kms_key", "logs", resource => resource
            .Set("description", $"Logs of {index.Network.Name} in {region.AwsRegion}")
            .Set("enable_key_rotation", true)
            .Set("deletion_window_in_days", 30)
            .Set("policy", Hcl.Json(AwsPolicy.LogKey(region.AwsRegion))))
        .Data("aws_caller_identity", "current", _ => { });

    private void Group(string name, string comment) => module.File("logs.tf")
        .Comment(comment)
        .Resource("aws_cloudwatch_log_group", name, resource => resource
            .Set("name", $"/farspan/{index.Network.Name}/{name}")
            .Set("retention_in_days", _monitoring.LogRetentionDays is { } days ? days : null)
            .Set("kms_key_id", _monitoring.HasLogKey ? Hcl.Reference("aws_kms_key.logs.arn") : null));

    private void FlowRole() => module.File("logs.tf")
        .Resource("aws_iam_role", "flow_logs", resource => resource
            .Set("name", $"{Names.Prefix(index.Network)}flow-logs-{region.AwsRegion}")
            .Set("assume_role_policy", Hcl.Json(AwsPolicy.Trust("vpc-flow-logs.amazonaws.com"))))
        .Resource("aws_iam_role_policy", "flow_logs", resource => resource
            .Set("name", "write")
            .Set("role", Hcl.Reference("aws_iam_role.flow_logs.id"))
            .Set("policy", Hcl.Json(AwsPolicy.Allow(
                ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                [Hcl.Template("${aws_cloudwatch_log_group.flow.arn}:*")]))));
}
