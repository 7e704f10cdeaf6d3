using System.Text.Json.Nodes;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>A page of Google Cloud Monitoring: sessions, routes, ports, tunnels.</summary>
internal static class GoogleDashboard
{
    private const int Columns = 48;
    private const int TileWidth = 24;
    private const int TileHeight = 16;

    public static string Write(Network network)
    {
        var charts = new List<(string Title, string Metric, string Resource)>
        {
            ("BGP sessions up", "router.googleapis.com/bgp/session_up", "gce_router"),
            ("Routes received", "router.googleapis.com/bgp/received_routes_count", "gce_router"),
        };
        if (network.Sessions.Any(s => s.HasBfd && s.Interface is not null))
        {
            charts.Add(("BFD sessions up", "router.googleapis.com/bfd/session_up", "gce_router"));
        }

        if (!network.Interconnects.IsEmpty)
        {
            charts.Add((
                "Interconnect ports up",
                "interconnect.googleapis.com/network/interconnect/operational", "interconnect"));
            charts.Add((
                "Interconnect: bytes received",
                "interconnect.googleapis.com/network/attachment/received_bytes_count", "interconnect_attachment"));
        }

        if (!network.Tunnels.IsEmpty)
        {
            charts.Add(("VPN tunnels up", "vpn.googleapis.com/tunnel_established", "vpn_gateway"));
            charts.Add(("VPN: bytes received", "vpn.googleapis.com/network/received_bytes_count", "vpn_gateway"));
        }

        return DashboardJson.Write(new JsonObject
        {
            ["displayName"] = $"{network.Name}: links to AWS",
            ["mosaicLayout"] = new JsonObject
            {
                ["columns"] = Columns,
                ["tiles"] = new JsonArray([.. charts.Index().Select(c => Tile(c.Index, c.Item))]),
            },
        });
    }

    private static JsonNode Tile(int place, (string Title, string Metric, string Resource) chart) => new JsonObject
    {
        ["xPos"] = TileWidth * (place % 2),
        ["yPos"] = TileHeight * (place / 2),
        ["width"] = TileWidth,
        ["height"] = TileHeight,
        ["widget"] = new JsonObject
        {
            ["title"] = chart.Title,
            ["xyChart"] = new JsonObject
            {
                ["dataSets"] = new JsonArray(new JsonObject
                {
                    ["plotType"] = "LINE",
                    ["timeSeriesQuery"] = new JsonObject
                    {
                        ["timeSeriesFilter"] = new JsonObject
                        {
                            ["filter"] = $"metric.type=\"{chart.Metric}\" resource.type=\"{chart.Resource}\"",
                            ["aggregation"] = new JsonObject
                            {
                                ["alignmentPeriod"] = "60s",
                                ["perSeriesAligner"] = chart.Metric.EndsWith("bytes_count", StringComparison.Ordinal)
                                    ? "ALIGN_RATE" : "ALIGN_MEAN",
                            },
                        },
                    },
                }),
            },
        },
    };
}
