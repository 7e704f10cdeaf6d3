using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// Amazon Connect: the instance, hours, queues, routing profiles and flows, the same in every region.
/// </summary>
internal sealed class ConnectFiles(
    NetworkIndex index, Region region, TerraformModule module, Func<string, string?> readFile)
{
    private const string Module = "MODULE";

    public void Render()
    {
        foreach (var instance in NetworkIndex.In(index.Network.ConnectInstances, region))
        {
            Instance(instance);
            Hours(instance);
            Queues(instance);
            RoutingProfiles(instance);
            Flows(instance);
        }
    }

    /// <summary>The expression for what AWS calls the instance.</summary>
    public static HclValue InstanceId(ConnectInstance instance) => instance.InstanceId is { } id
        ? id : Hcl.Reference($"aws_connect_instance.{Names.Local(instance)}.id");

    /// <summary>The expression for the flow that new calls enter.</summary>
    public static HclValue EntryFlowId(ConnectInstance instance) =>
        Hcl.Reference($"aws_connect_contact_flow.{Hcl.Identifier(instance.EntryFlow)}.contact_flow_id");

    private void Instance(ConnectInstance instance)
    {
        var name = Names.Local(instance);
        if (instance.InstanceId is null)
        {
            module.File("connect.tf")
                .Comment($"{instance.Id}: quotas are raised by request, not by Terraform; STEPS.md lists what to "
                    + "ask for.")
                .Resource("aws_connect_instance", name, resource => resource
                    .Set("instance_alias", instance.Alias)
                    .Set("identity_management_type", Identity(instance.Identity))
                    .Set("inbound_calls_enabled", true)
                    .Set("outbound_calls_enabled", false)
                    .Set("contact_flow_logs_enabled", true)
                    .Set("contact_lens_enabled", false));
        }

        module.Output(NodeConfiguration.InstanceVariable(instance.Id), InstanceId(instance), "The Connect instance.");
        module.Output(NodeConfiguration.FlowVariable(instance.Id), EntryFlowId(instance), "The flow that calls enter.");
    }

    private static string Identity(ConnectIdentity identity) => identity switch
    {
        ConnectIdentity.Saml => "SAML",
        ConnectIdentity.Directory => "EXISTING_DIRECTORY",
        _ => "CONNECT_MANAGED",
    };

    private void Hours(ConnectInstance instance)
    {
        foreach (var hours in instance.Hours)
        {
            module.File("connect.tf")
                .Resource("aws_connect_hours_of_operation", Hcl.Identifier(hours.Name), resource => resource
                .Set("instance_id", InstanceId(instance))
                .Set("name", hours.Name)
                .Set("time_zone", hours.TimeZone)
                .Each(hours.Days, (r, day) => r.Block("config", config => config
                    .Set("day", day)
                    .Block("start_time", start => Time(start, hours.Open))
                    .Block("end_time", end => Time(end, hours.Close)))));
        }
    }

    private static void Time(HclBody body, TimeOnly time) =>
        body.Set("hours", time.Hour).Set("minutes", time.Minute);

    private void Queues(ConnectInstance instance)
    {
        foreach (var queue in instance.Queues)
        {
            module.File("connect.tf").Resource("aws_connect_queue", Hcl.Identifier(queue.Name), resource => resource
                .Set("instance_id", InstanceId(instance))
                .Set("name", queue.Name)
                .Set("description", $"Served by {queue.Agents} agents in the busiest hour.")
                .Set("hours_of_operation_id", Hcl.Reference(
                    $"aws_connect_hours_of_operation.{Hcl.Identifier(queue.Hours)}.hours_of_operation_id"))
                .Set("max_contacts", queue.ContactsMax is { } contacts ? contacts : null));
        }
    }

    private void RoutingProfiles(ConnectInstance instance)
    {
        foreach (var profile in instance.RoutingProfiles)
        {
            module.File("connect.tf")
                .Resource("aws_connect_routing_profile", Hcl.Identifier(profile.Name), resource => resource
                .Set("instance_id", InstanceId(instance))
                .Set("name", profile.Name)
                .Set("description", $"Calls of {string.Join(", ", profile.Queues)}.")
                .Set("default_outbound_queue_id", QueueId(profile.Queues[0]))
                .Block("media_concurrencies", media => media.Set("channel", "VOICE").Set("concurrency", 1))
                .Each(profile.Queues.Index(), (r, queue) => r.Block("queue_configs", config => config
                    .Set("channel", "VOICE")
                    .Set("queue_id", QueueId(queue.Item))
                    .Set("priority", queue.Index + 1)
                    .Set("delay", 0))));
        }
    }

    private static HclValue QueueId(string name) => Hcl.Reference($"aws_connect_queue.{Hcl.Identifier(name)}.queue_id");

    private void Flows(ConnectInstance instance)
    {
        foreach (var flow in instance.Flows)
        {
            var isModule = flow.Kind == Module;
            module.File("connect.tf").Resource(
                isModule ? "aws_connect_contact_flow_module" : "aws_connect_contact_flow",
                Hcl.Identifier(flow.Name),
                resource => resource
                    .Set("instance_id", InstanceId(instance))
                    .Set("name", flow.Name)
                    .Set("type", isModule ? null : flow.Kind)
                    .Set("content", Content(instance, flow)));
        }
    }

    private HclValue Content(ConnectInstance instance, ConnectFlow flow)
    {
        if (flow.File is { } path && readFile(path) is { } content)
        {
            var file = $"flows/{Hcl.Identifier(flow.Name)}.json";
            module.Add(file, content);
            return Hcl.Reference($"file(\"${{path.module}}/{file}\")");
        }

        return Hcl.Json(instance.Queues.IsEmpty ? ConnectFlowContent.Disconnect() : ConnectFlowContent.ToQueue(
            Hcl.Reference($"aws_connect_queue.{Hcl.Identifier(instance.Queues[0].Name)}.arn")));
    }
}
