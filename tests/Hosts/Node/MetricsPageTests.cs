using Farspan.Observability;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farspan.Node.Tests;

public sealed class MetricsPageTests
{
    [Fact]
    public void ThePageOfMetrics_ListsWhatThereIs()
    {
        using var telemetry = new NodeTelemetry(NullLogger.Instance);
        var expected = MetricsReference.Write(telemetry.Describe());
        var path = Path.Combine(FindRoot(), "docs", "metrics.md");
        if (Environment.GetEnvironmentVariable("FARSPAN_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Farspan.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
