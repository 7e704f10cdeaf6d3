using Farspan.Topology;

namespace Farspan.Render;

/// <summary>What Google Cloud watches: each session, tunnel and port by itself, for the loss of one must be seen.</summary>
internal sealed class GoogleAlertFiles(NetworkIndex index, TerraformModule module)
{
    private const string File = "google-alerts.tf";

    public void Render()
    {
        foreach (var receiver in index.Network.Monitoring.Notify)
        {
            Channel(receiver);
        }

        foreach (var session in index.Network.Sessions.Where(s => s.Interface is not null))
        {
            Session(session);
        }

        foreach (var tunnel in index.Network.Tunnels)
        {
            Alert(
                $"tunnel_{Names.Global(tunnel.Id)}", $"VPN tunnel {tunnel.Id} is down", "vpn.googleapis.com/tunnel_established",
                "vpn_gateway", $"metric.labels.tunnel_name = \"{tunnel.Name}\"");
        }

        foreach (var port in index.Network.Interconnects)
        {
            Alert(
                $"interconnect_{Names.Global(port.Id)}", $"{port.Id} is down",
                "interconnect.googleapis.com/network/interconnect/operational",
                "interconnect", $"resource.labels.interconnect = \"{port.Name}\"");
        }

        Dashboard();
    }

    private void Channel(string receiver) => module.File(File)
        .Resource("google_monitoring_notification_channel", ChannelName(receiver), resource => resource
            .Set("display_name", receiver)
            .Set("type", "email")
            .Set("labels", Hcl.Map(("email_address", receiver))));

    private static string ChannelName(string receiver) => Hcl.Identifier(receiver);

    private void Session(BgpSession session)
    {
        var who = $"metric.labels.bgp_peer_name = \"{session.Name}\"";
        Alert(
            $"bgp_{Names.Global(session.Id)}", $"BGP session {session.Id} is down",
            "router.googleapis.com/bgp/session_up", "gce_router", who);
        if (session.HasBfd)
        {
            Alert(
                $"bfd_{Names.Global(session.Id)}", $"BFD of {session.Id} is down",
                "router.googleapis.com/bfd/session_up", "gce_router", who);
        }
    }

    private void Alert(string name, string title, string metric, string resourceType, string who) => module.File(File)
        .Resource("google_monitoring_alert_policy", name, resource => resource
            .Set("display_name", title)
            .Set("combiner", "OR")
            .Set("severity", "ERROR")
            .Set("notification_channels", Hcl.List(index.Network.Monitoring.Notify.Select(n =>
                Hcl.Reference($"google_monitoring_notification_channel.{ChannelName(n)}.id"))))
            .Block("conditions", conditions => conditions
                .Set("display_name", title)
                .Block("condition_threshold", threshold => threshold
                    .Set("filter", $"metric.type = \"{metric}\" AND resource.type = \"{resourceType}\" AND {who}")
                    .Set("comparison", "COMPARISON_LT")
                    .Set("threshold_value", 1)
                    .Set("duration", "0s")
                    .Set("evaluation_missing_data", index.Network.Monitoring.MissingDataIsBad
                        ? "EVALUATION_MISSING_DATA_ACTIVE" : "EVALUATION_MISSING_DATA_NO_OP")
                    .Block("aggregations", aggregation => aggregation
                        .Set("alignment_period", "60s")
                        .Set("per_series_aligner", "ALIGN_MIN"))
                    .Block("trigger", trigger => trigger.Set("count", 1))))
            .Block("documentation", documentation => documentation
                .Set("mime_type", "text/markdown")
                .Set("content", $"{title}. What to do: runbooks/{Runbook(name)}.")));

    private static string Runbook(string name) => name.StartsWith("tunnel_", StringComparison.Ordinal)
        ? "tunnel-lost.md" : "link-lost.md";

    private void Dashboard()
    {
        module.Add("dashboards/google.json", GoogleDashboard.Write(index.Network));
        module.File("google-alerts.tf").Resource("google_monitoring_dashboard", "main", resource => resource
            .Set("dashboard_json", Hcl.Reference("file(\"${path.module}/dashboards/google.json\")")));
    }
}
