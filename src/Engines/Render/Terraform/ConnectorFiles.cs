using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The connectors: launch template, auto-scaling group over the zones, and an orderly end.</summary>
internal sealed class ConnectorFiles(NetworkIndex index, Region region, TerraformModule module)
{
    private const int HeartbeatSecondsMax = 7200;

    public void Render()
    {
        foreach (var connector in NetworkIndex.In(index.Network.Connectors, region))
        {
            Role(connector);
            Template(connector);
            Group(connector);
            Scaling(connector);
        }
    }

    private void Role(Connector connector)
    {
        var name = Names.Local(connector);
        module.File("connector.tf")
            .Resource("aws_iam_role", name, resource => resource
                .Set("name", connector.Name)
                .Set("assume_role_policy", Hcl.Json(AwsPolicy.Trust("ec2.amazonaws.com"))))
            .Comment("What a connector does with Amazon Connect, and the end of its own draining. Nothing else.")
            .Resource("aws_iam_role_policy", name, resource => resource
                .Set("name", "connector")
                .Set("role", Hcl.Reference($"aws_iam_role.{name}.id"))
                .Set("policy", Hcl.Json(AwsPolicy.Document(
                    AwsPolicy.Statement(
                        ["connect:StartWebRTCContact", "connect:StopContact", "connect:UpdateContactAttributes"],
                        connector.ConnectInstances.SelectMany(InstanceArns)),
                    AwsPolicy.Statement(
                        ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
                        [$"arn:aws:autoscaling:{region.AwsRegion}:*:autoScalingGroup:*"
                            + $":autoScalingGroupName/{connector.Name}"]),
                    AwsPolicy.Statement(
                        ["logs:CreateLogStream", "logs:PutLogEvents"],
                        [Hcl.Template("${aws_cloudwatch_log_group.connector.arn}:*")])))))
            .Resource("aws_iam_instance_profile", name, resource => resource
                .Set("name", connector.Name)
                .Set("role", Hcl.Reference($"aws_iam_role.{name}.name")));
    }

    private void Template(Connector connector)
    {
        var name = Names.Local(connector);
        module.Add("connector.cloud-init.yaml.tftpl", CloudInit.OfConnector(index, connector));
        var imageId = Image(connector, name);
        module.File("connector.tf").Resource("aws_launch_template", name, resource => resource
            .Set("name_prefix", $"{connector.Name}-")
            .Set("image_id", imageId)
            .Set("instance_type", connector.InstanceType)
            .Set("update_default_version", true)
            .Set("vpc_security_group_ids", Hcl.List(
                Hcl.Reference($"aws_security_group.{Names.Local(connector.SecurityGroup)}.id")))
            .Set("user_data", Hcl.Call("base64encode", UserData(connector)))
            .Block("iam_instance_profile", profile => profile
                .Set("arn", Hcl.Reference($"aws_iam_instance_profile.{name}.arn")))
            .Block("metadata_options", metadata => metadata
                .Comment("Credentials only for who asks from the machine itself, with a token.")
                .Set("http_endpoint", "enabled")
                .Set("http_tokens", "required")
                .Set("http_put_response_hop_limit", 1))
            .Block("monitoring", monitoring => monitoring.Set("enabled", true))
            .Block("tag_specifications", tags => tags
                .Set("resource_type", "instance")
                .Set("tags", Hcl.Map(("Name", connector.Name))))
            .Block("lifecycle", lifecycle => lifecycle.Set("create_before_destroy", true)));
    }

    /// <summary>An image by its id, or our newest with that name: a plan shows when it is another one.</summary>
    private HclValue Image(Connector connector, string name)
    {
        if (connector.Image.StartsWith("ami-", StringComparison.Ordinal))
        {
            return connector.Image;
        }

        module.File("connector.tf").Data("aws_ami", name, image => image
            .Set("owners", Hcl.List("self"))
            .Set("most_recent", true)
            .Block("filter", filter => filter
                .Set("name", "name")
                .Set("values", Hcl.List($"{connector.Image}*"))));
        return Hcl.Reference($"data.aws_ami.{name}.id");
    }

    private HclValue UserData(Connector connector)
    {
        var values = connector.ConnectInstances.SelectMany(id => new[]
        {
            (NodeConfiguration.InstanceVariable(id), InstanceId(id)),
            (NodeConfiguration.FlowVariable(id), FlowId(id)),
        });
        return Hcl.Call(
            "templatefile",
            Hcl.Template("${path.module}/connector.cloud-init.yaml.tftpl"),
            Hcl.Map(values));
    }

    private HclValue InstanceId(string id) => IsHere(id)
        ? ConnectFiles.InstanceId(index.Get<ConnectInstance>(id))
        : module.Variable(NodeConfiguration.InstanceVariable(id), "string", $"The Connect instance {id}.");

    private HclValue FlowId(string id) => IsHere(id)
        ? ConnectFiles.EntryFlowId(index.Get<ConnectInstance>(id))
        : module.Variable(NodeConfiguration.FlowVariable(id), "string", $"The flow that calls enter in {id}.");

    /// <summary>The instance, its contacts and its flows: an IAM resource each.</summary>
    private IEnumerable<HclValue> InstanceArns(string id)
    {
        var awsRegion = index.Get<ConnectInstance>(id).AwsRegion;
        var arn = $"arn:aws:connect:{awsRegion}:*:instance/{Interpolate(InstanceId(id))}";
        return [Hcl.Template(arn), Hcl.Template(arn + "/contact/*"), Hcl.Template(arn + "/contact-flow/*")];
    }

    private static string Interpolate(HclValue value) => value switch
    {
        HclValue.Reference reference => $"${{{reference.Expression}}}",
        HclValue.Text text => text.Content,
        _ => throw new InvalidOperationException("An id is a text or a reference."),
    };

    private bool IsHere(string id) => index.Get<ConnectInstance>(id).Region == region.Name;

    private void Group(Connector connector)
    {
        var name = Names.Local(connector);
        module.File("connector.tf")
            .Comment($"{connector.Id}: {connector.InstancesDesired} × {connector.CallsMax} calls. The capacity for "
                + $"the loss of a zone or of the other region stands ready: a new instance takes "
                + $"{Seconds.Text(connector.ScaleOutTime)}, and "
                + "callers do not wait that long.")
            .Resource("aws_autoscaling_group", name, resource => resource
                .Set("name", connector.Name)
                .Set("min_size", connector.InstancesMin)
                .Set("desired_capacity", connector.InstancesDesired)
                .Set("max_size", connector.InstancesMax)
                .Set("vpc_zone_identifier", Hcl.List(
                    connector.Subnets.Select(s => Hcl.Reference($"aws_subnet.{Names.Local(s)}.id"))))
                .Set("health_check_type", "EC2")
                .Set("health_check_grace_period", Seconds.Of(connector.ScaleOutTime))
                .Set("default_instance_warmup", Seconds.Of(connector.ScaleOutTime))
                .Set("enabled_metrics", Hcl.List("GroupInServiceInstances", "GroupDesiredCapacity"))
                .Set("termination_policies", Hcl.List("OldestLaunchTemplate", "OldestInstance"))
                .Block("launch_template", template => template
                    .Set("id", Hcl.Reference($"aws_launch_template.{name}.id"))
                    .Set("version", Hcl.Reference($"aws_launch_template.{name}.latest_version")))
                .Block("availability_zone_distribution", zones => zones
                    .Set("capacity_distribution_strategy", "balanced-best-effort"))
                .Block("instance_refresh", refresh => refresh
                    .Set("strategy", "Rolling")
                    .Block("preferences", preferences => preferences
                        .Comment("New ones first: blue and green live side by side until green takes calls.")
                        .Set("min_healthy_percentage", 100)
                        .Set("max_healthy_percentage", 150)
                        .Set("instance_warmup", Seconds.Of(connector.ScaleOutTime))))
                .Block("tag", tag => tag
                    .Set("key", "Name")
                    .Set("value", connector.Name)
                    .Set("propagate_at_launch", true))
                .Block("lifecycle", lifecycle => lifecycle
                    .Comment("The policy below may have raised it; what must be there is min_size.")
                    .Set("ignore_changes", Hcl.List(Hcl.Reference("desired_capacity")))));
    }

    private void Scaling(Connector connector)
    {
        var name = Names.Local(connector);
        var group = Hcl.Reference($"aws_autoscaling_group.{name}.name");
        var heartbeat = Math.Clamp(Seconds.Of(connector.DrainTimeout), 30, HeartbeatSecondsMax);
        module.File("connector.tf")
            .Comment($"An instance that is to go refuses new calls and may finish its own for "
                + $"{Seconds.Text(connector.DrainTimeout)}.")
            .Resource("aws_autoscaling_lifecycle_hook", $"{name}_drain", resource => resource
                .Set("name", "drain")
                .Set("autoscaling_group_name", group)
                .Set("lifecycle_transition", "autoscaling:EC2_INSTANCE_TERMINATING")
                .Set("heartbeat_timeout", heartbeat)
                .Set("default_result", "CONTINUE"))
            .Comment("Only outwards: taking a connector away moves calls, so that a person decides it.")
            .Resource("aws_autoscaling_policy", $"{name}_load", resource => resource
                .Set("name", "load")
                .Set("autoscaling_group_name", group)
                .Set("policy_type", "TargetTrackingScaling")
                .Block("target_tracking_configuration", tracking => tracking
                    .Set("target_value", 50)
                    .Set("disable_scale_in", true)
                    .Block("predefined_metric_specification", metric => metric
                        .Set("predefined_metric_type", "ASGAverageCPUUtilization"))));
        module.Output($"connector_{name}_group", group, "The auto-scaling group of the connectors.");
    }
}
