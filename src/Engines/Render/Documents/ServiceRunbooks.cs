using Farspan.Simulation;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Runbooks of what carries calls: edges, connectors, zones, regions, Amazon Connect, carriers.</summary>
internal sealed class ServiceRunbooks(NetworkIndex index, Predictions predictions)
{
    private readonly Network _network = index.Network;

    public string? Connector() => _network.Connectors.IsEmpty ? null : new RunbookPage(
            "A connector is lost",
            "fewer connectors in service than wanted; edges report one as gone.")
        .ByItself(predictions.Of(ElementKind.Connector), _network.Edges.Select(Heartbeat))
        .Look(_network.Connectors.Select(GroupLook))
        .Do(
            "Nothing for new calls: edges leave the dead one out, and the group starts another.",
            $"See that capacity is enough until then (a new one takes {ScaleOut()} to start); if not, raise "
            + "`instancesMin` in `farspan.yaml` and apply.",
            "Keep the dead machine's log before it goes: the log group is `/farspan/…/connector`.")
        .Over("the group has its desired count in service.")
        .ToString();

    public string? Edge() => _network.HealthChecks.IsEmpty ? null : new RunbookPage(
            "An edge is lost",
            "the load balancer counts fewer healthy backends.")
        .ByItself(predictions.Of(ElementKind.Edge), _network.HealthChecks.Select(HealthCheck))
        .Look(_network.LoadBalancers.Where(b => b.GoogleRegion.Length > 0).Select(b =>
            $"gcloud compute backend-services get-health {b.Name} --region={b.GoogleRegion}"))
        .Do(
            "Nothing for new calls: the load balancer leaves it out, and the instance group replaces it.",
            "If every edge of a region is out, read the region runbook: carriers must move.")
        .Over("all backends are healthy.")
        .ToString();

    public string? Zone() => _network.Connectors.IsEmpty ? null : new RunbookPage(
            "A zone is lost",
            "edges, connectors or NAT gateways of one zone are gone together.")
        .ByItself(
            predictions.OfGroups("zone"),
            [.. _network.Edges.Select(Heartbeat), .. _network.HealthChecks.Select(HealthCheck)])
        .Look(_network.Connectors.Select(GroupLook))
        .Do(
            "See that the groups do not try for ever to start instances in the dead zone; if they do, take the "
            + "zone out of `farspan.yaml` and apply.",
            "Watch capacity: the loss of one zone is planned for.")
        .Over("instances of all zones are in service.")
        .ToString();

    public string? ConnectInstance() => _network.ConnectInstances.Length < 2 ? null : new RunbookPage(
            "An Amazon Connect instance is lost",
            "requests to it fail or time out; callers hear comfort audio; `ThrottledCalls` or the flows' errors rise.")
        .ByItself(predictions.Of(ElementKind.ConnectInstance), _network.Connectors.Select(c =>
            $"{c.Id}: one StartWebRTCContact times out after {Seconds.Text(c.StartTimeout)}; after "
            + $"{c.StartFailuresMax} failures in "
            + "a row the instance is left alone."))
        .Look(_network.ConnectInstances.Select(i => $"aws connect list-instances --region {i.AwsRegion}"))
        .Do(
            "See that agents log in to the other instance: calls without agents only queue.",
            $"See that its quota holds for all calls: {Quotas()}.",
            "Tell AWS: a case with the contact ids of failed starts.")
        .Over("starts succeed again; connectors return to it by themselves, slowly.")
        .ToString();

    public string? Region() => _network.Regions.Length < 2 ? null : new RunbookPage(
            "A region is lost",
            "everything of a Google or an AWS region is gone.")
        .ByItself(
            predictions.OfGroups("google region", "AWS region"),
            [.. _network.Carriers.Select(CarrierMoves), .. _network.Edges.Select(Heartbeat)])
        .Look([
            .. _network.LoadBalancers.Where(b => b.GoogleRegion.Length > 0).Select(b =>
                $"gcloud compute backend-services get-health {b.Name} --region={b.GoogleRegion}"),
            .. _network.Connectors.Select(GroupLook),
        ])
        .Do(
            $"See that the other region holds all calls: {Quotas()}.",
            "Ask carriers that have not moved by themselves to use their second target (NETWORK.md, \"Where "
            + "carriers send calls\").",
            "Freeze changes: Terraform of the dead region fails, and half an apply is worse than none.",
            "When it returns: drained first, then a tenth of the calls, then all.")
        .Over("both regions take calls by their weights for an hour.")
        .ToString();

    public string? Carrier() => _network.Carriers.IsEmpty ? null : new RunbookPage(
            "A carrier is lost",
            "its calls stop although it should send some; its OPTIONS stop.")
        .ByItself(predictions.Of(ElementKind.Carrier), _network.Carriers.Select(CarrierMoves))
        .Do([.. _network.Carriers.Select(c =>
            $"{c.Id}: {c.PeakCalls} calls at peak; calls from "
            + $"{(c.Sources.IsEmpty ? "anywhere" : string.Join(", ", c.Sources))}. "
            + "If it is alone, ask the other carriers to carry its numbers.")])
        .Over("calls come again, and the refused ones are no more than before.")
        .ToString();

    private static string Heartbeat(Edge edge) =>
        $"{edge.Id} leaves a silent connector out after {edge.Heartbeat.Failures} × "
        + $"{Seconds.Text(edge.Heartbeat.Interval)} + "
        + $"{Seconds.Text(edge.Heartbeat.Timeout)} = {Seconds.Text(edge.Heartbeat.DetectionMax)} at worst.";

    private static string HealthCheck(HealthCheck check) =>
        $"{check.Id}: the load balancer leaves an edge out after {check.UnhealthyThreshold} × "
        + $"{Seconds.Text(check.Interval)} + {Seconds.Text(check.Timeout)} = "
        + $"{Seconds.Text((check.Interval * check.UnhealthyThreshold) + check.Timeout)} at worst.";

    /// <summary>The carrier's own detection: interval, further attempts, and the last one's timeout.</summary>
    private static string CarrierMoves(Carrier carrier)
    {
        var probing = carrier.Probing;
        var call = $"a call in between moves after {Seconds.Text(carrier.InviteTimeout)}";
        var worst = probing.Interval + ((probing.Attempts - 1) * probing.RetryInterval) + probing.Timeout;
        return probing.IsEnabled
            ? $"{carrier.Id} takes its next target after {Seconds.Text(probing.Interval)} + {probing.Attempts - 1} × "
                + $"{Seconds.Text(probing.RetryInterval)} + {Seconds.Text(probing.Timeout)} = "
                + $"{Seconds.Text(worst)} at worst; {call}."
            : $"{carrier.Id} does not ask whether a target lives; {call}.";
    }

    private static string GroupLook(Connector connector) =>
        $"aws autoscaling describe-auto-scaling-groups --region {connector.AwsRegion} --auto-scaling-group-names "
        + $"{connector.Name} "
        + "--query 'AutoScalingGroups[].Instances[].[InstanceId,AvailabilityZone,LifecycleState,HealthStatus]' "
        + "--output table";

    private string ScaleOut() => Seconds.Text(_network.Connectors.Max(c => c.ScaleOutTime));

    private string Quotas() =>
        string.Join(", ", _network.ConnectInstances.Select(i => $"{i.Id} {i.Quotas.ConcurrentCalls} calls"));
}
