using System.Text.Json.Nodes;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// A dashboard of Grafana on a Prometheus that scrapes every node: what Farspan itself measures
/// (<c>docs/metrics.md</c>).
/// </summary>
internal static class GrafanaDashboard
{
    private const int PanelWidth = 12;
    private const int PanelHeight = 8;

    private static readonly (string Title, string Unit, string Query, string Legend)[] Panels =
    [
        ("Nodes that take calls", "none", "sum by (region) (farspan_node_ready)", "{{region}}"),
        ("Live calls", "none", "sum by (region, state) (farspan_calls_active)", "{{region}} {{state}}"),
        ("New calls a second", "reqps",
            "sum by (region, trunk) (rate(farspan_calls_offered_total[1m]))", "{{region}} {{trunk}}"),
        ("Ended calls by outcome", "reqps",
            "sum by (region, outcome) (rate(farspan_calls_ended_total[1m]))", "{{region}} {{outcome}}"),
        ("Set-up, 95th percentile", "s",
            "histogram_quantile(0.95, sum by (region, le) (rate(farspan_call_setup_seconds_bucket[5m])))",
            "{{region}}"),
        ("Quota slots left", "none", "sum by (instance) (farspan_quota_slots_left)", "{{instance}}"),
        ("Callers waiting for quota", "none", "sum by (instance) (farspan_quota_waiting)", "{{instance}}"),
        ("Requests to Connect by result", "reqps",
            "sum by (operation, result) (rate(farspan_connect_requests_total[1m]))", "{{operation}} {{result}}"),
        ("Contact legs rebuilt", "none",
            "sum by (region, step) (increase(farspan_contact_rejoins_total[5m]))", "{{region}} {{step}}"),
        ("RTP lost", "pps", "sum by (region, leg) (rate(farspan_rtp_packets_lost_total[1m]))", "{{region}} {{leg}}"),
        ("Jitter, 95th percentile", "s",
            "histogram_quantile(0.95, sum by (leg, le) (rate(farspan_rtp_jitter_seconds_bucket[5m])))", "{{leg}}"),
        ("SIP messages shed", "pps", "sum by (region) (rate(farspan_sip_messages_shed_total[1m]))", "{{region}}"),
    ];

    /// <summary>The metrics that the panels ask for.</summary>
    public static IEnumerable<string> Queries => Panels.Select(p => p.Query);

    public static string Write(Network network) => DashboardJson.Write(new JsonObject
    {
        ["uid"] = $"{Hcl.Identifier(network.Name)}-network",
        ["title"] = $"{network.Name}: calls in all regions",
        ["schemaVersion"] = 39,
        ["editable"] = true,
        ["refresh"] = "10s",
        ["time"] = new JsonObject { ["from"] = "now-1h", ["to"] = "now" },
        ["templating"] = new JsonObject
        {
            ["list"] = new JsonArray(new JsonObject
            {
                ["name"] = "source",
                ["type"] = "datasource",
                ["query"] = "prometheus",
            }),
        },
        ["panels"] = new JsonArray([.. Panels.Index().Select(p => Panel(p.Index, p.Item))]),
    });

    private static JsonNode Panel(
        int place, (string Title, string Unit, string Query, string Legend) panel) => new JsonObject
    {
        ["id"] = place + 1,
        ["type"] = "timeseries",
        ["title"] = panel.Title,
        ["datasource"] = new JsonObject { ["type"] = "prometheus", ["uid"] = "${source}" },
        ["gridPos"] = new JsonObject
        {
            ["x"] = PanelWidth * (place % 2),
            ["y"] = PanelHeight * (place / 2),
            ["w"] = PanelWidth,
            ["h"] = PanelHeight,
        },
        ["fieldConfig"] = new JsonObject
        {
            ["defaults"] = new JsonObject { ["unit"] = panel.Unit, ["min"] = 0 },
            ["overrides"] = new JsonArray(),
        },
        ["targets"] = new JsonArray(new JsonObject
        {
            ["refId"] = "A",
            ["expr"] = panel.Query,
            ["legendFormat"] = panel.Legend,
        }),
    };
}
