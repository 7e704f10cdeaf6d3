using System.Text;

namespace Farspan.Observability;

/// <summary>Writes the page that lists every metric: docs/metrics.md.</summary>
public static class MetricsReference
{
    public static string Write(IEnumerable<MetricDescription> metrics)
    {
        var page = new StringBuilder();
        page.Append("# Metrics\n\n");
        page.Append("What `/metrics` of a node shows, in the Prometheus text format. This page is written\n");
        page.Append("from the instruments themselves; a test compares them. Metrics of the .NET runtime\n");
        page.Append("(`dotnet_*`) come along: `dotnet_gc_pause_time_seconds_total` and\n");
        page.Append("`dotnet_gc_heap_total_allocated_bytes_total`, whose rate is what is allocated, among\n");
        page.Append("them.\n\n");
        page.Append("| metric | type | meaning |\n|---|---|---|\n");
        foreach (var metric in metrics)
        {
            page.Append($"| `{metric.Name}` | {metric.Type} | {metric.Help} |\n");
        }

        return page.ToString();
    }
}
