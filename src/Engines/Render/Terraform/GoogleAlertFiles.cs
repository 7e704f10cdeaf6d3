using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// What Google Cloud watches: each session, tunnel and port by itself, for the loss of one must be seen.
/// </summary>
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
            Write(new GoogleAlert(
                $"tunnel_{Names.Global(tunnel.Id)}", $"VPN tunnel {tunnel.Id} is "
                + "down", "vpn.googleapis.com/tunnel_established",
                "vpn_gateway", $"metric.labels.tunnel_name = \"{tunnel.Name}\""));
        }

        foreach (var port in index.Network.Interconnects)
        {
            Write(new GoogleAlert(
                $"interconnect_{Names.Global(port.Id)}", $"{port.Id} is down",
                "interconnect.googleapis.com/network/interconnect/operational",
                "interconnect", $"resource.labels.interconnect = \"{port.Name}\""));
        }

        foreach (var link in index.Network.Links.Where(l => l.Attachment is not null || l.Tunnel is not null))
        {
            Load(link);
        }

        Dashboard();
    }

    /// <summary>Over four fifths of what the region's other links could take over.</summary>
    private void Load(Link link)
    {
        var links = index.Network.Links.Count(l => l.Region == link.Region);
        var share = links > 1 ? (links - 1.0) / links : 1.0;
        var bytesPerSecond = Math.Floor(0.8 * share * link.BandwidthMbps * 1_000_000 / 8);
        var alert = link.Attachment is { } attachment
            ? new GoogleAlert(
                $"load_{Names.Global(link.Id)}", $"{link.Id} carries more than the others could take over",
                "interconnect.googleapis.com/network/attachment/sent_bytes_count", "interconnect_attachment",
                $"resource.labels.attachment = \"{index.Get<VlanAttachment>(attachment).Name}\"")
            : new GoogleAlert(
                $"load_{Names.Global(link.Id)}", $"{link.Id} carries more than the others could take over",
                "vpn.googleapis.com/network/sent_bytes_count", "vpn_gateway",
                $"metric.labels.tunnel_name = \"{index.Get<VpnTunnel>(link.Tunnel!).Name}\"");
        Write(alert with
        {
            Comparison = "COMPARISON_GT", Threshold = bytesPerSecond, Aligner = "ALIGN_RATE", DurationSeconds = 300,
        });
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
        Write(new GoogleAlert(
            $"bgp_{Names.Global(session.Id)}", $"BGP session {session.Id} is down",
            "router.googleapis.com/bgp/session_up", "gce_router", who));
        if (session.HasBfd)
        {
            Write(new GoogleAlert(
                $"bfd_{Names.Global(session.Id)}", $"BFD of {session.Id} is down",
                "router.googleapis.com/bfd/session_up", "gce_router", who));
        }
    }

    private void Write(GoogleAlert alert) => module.File(File)
        .Resource("google_monitoring_alert_policy", alert.Name, resource => resource
            .Set("display_name", alert.Title)
            .Set("combiner", "OR")
            .Set("severity", "ERROR")
            .Set("notification_channels", Hcl.List(index.Network.Monitoring.Notify.Select(n =>
                Hcl.Reference($"google_monitoring_notification_channel.{ChannelName(n)}.id"))))
            .Block("conditions", conditions => conditions
                .Set("display_name", alert.Title)
                .Block("condition_threshold", threshold => threshold
                    .Set("filter", alert.Filter)
                    .Set("comparison", alert.Comparison)
                    .Set("threshold_value", alert.Threshold)
                    .Set("duration", $"{alert.DurationSeconds}s")
                    .Set("evaluation_missing_data", index.Network.Monitoring.MissingDataIsBad && alert.IsHeartbeat
                        ? "EVALUATION_MISSING_DATA_ACTIVE" : "EVALUATION_MISSING_DATA_NO_OP")
                    .Block("aggregations", aggregation => aggregation
                        .Set("alignment_period", "60s")
                        .Set("per_series_aligner", alert.Aligner))
                    .Block("trigger", trigger => trigger.Set("count", 1))))
            .Block("documentation", documentation => documentation
                .Set("mime_type", "text/markdown")
                .Set("content", $"{alert.Title}. What to do: runbooks/{Runbook(alert.Name)}.")));

    private static string Runbook(string name) => name.StartsWith("tunnel_", StringComparison.Ordinal)
        ? "tunnel-lost.md" : "link-lost.md";

    private void Dashboard()
    {
        module.Add("dashboards/google.json", GoogleDashboard.Write(index.Network));
        module.File("google-alerts.tf").Resource("google_monitoring_dashboard", "main", resource => resource
            .Set("dashboard_json", Hcl.Reference("file(\"${path.module}/dashboards/google.json\")")));
    }
}
