namespace Farspan.Bench;

/// <summary>
/// Looks at the connector that a lab started: the kernel's accounting, its metrics, its log. It is found
/// among the lab's children, and its metrics and log by its own configuration file.
/// </summary>
internal sealed class ConnectorProbe : IDisposable
{
    private const string Command = "connector";
    private const string MetricsKey = "metricsListen:";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly int _process;
    private readonly string _metricsUrl;
    private readonly string _folder;

    private ConnectorProbe(int process, string configuration)
    {
        _process = process;
        _folder = Path.GetDirectoryName(configuration)!;
        var line = File.ReadLines(configuration).First(line => line.TrimStart().StartsWith(MetricsKey));
        _metricsUrl = $"http://{line.Split(MetricsKey)[1].Trim()}/metrics";
    }

    /// <summary>Null as long as the connector does not answer.</summary>
    public static ConnectorProbe? TryAttach(int lab)
    {
        if (ProcessTable.FindDescendant(lab, Command) is not { } process
            || ProcessTable.Arguments(process).SkipWhile(word => word != "--config").ElementAtOrDefault(1)
                is not { } configuration)
        {
            return null;
        }

        var probe = new ConnectorProbe(process, configuration);
        if (probe.TryRead() is not null)
        {
            return probe;
        }

        probe.Dispose();
        return null;
    }

    /// <summary>Null when it has ended.</summary>
    public ConnectorReading? TryRead()
    {
        if (TryReadMetrics() is not { } metrics)
        {
            return null;
        }

        var offered = metrics.Sum("farspan_calls_offered_total") ?? 0;
        return new ConnectorReading
        {
            WallSeconds = Environment.TickCount64 / 1e3,
            CpuSeconds = ProcessTable.CpuSeconds(_process),
            MachineBusySeconds = ProcessTable.BusySeconds(),
            ResidentBytes = ProcessTable.ResidentBytes(_process),
            ActiveCalls = offered - (metrics.Sum("farspan_calls_ended_total") ?? 0),
            AllocatedBytes = metrics.Find("gc", "total_allocated"),
            LongestPauseSeconds =
                metrics.Find("gc", "pause", "max") ?? metrics.Find("gc", "pause", "longest"),
        };
    }

    /// <summary>The lines of its log so far.</summary>
    public IEnumerable<string> ReadLog() =>
        Directory.EnumerateFiles(_folder, $"{Command}*.log").SelectMany(File.ReadLines);

    public void Dispose() => _http.Dispose();

    private MetricsText? TryReadMetrics()
    {
        try
        {
            using var answer = _http.Send(new HttpRequestMessage(HttpMethod.Get, _metricsUrl));
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            return answer.IsSuccessStatusCode ? new MetricsText(reader.ReadToEnd()) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException)
        {
            return null;
        }
    }
}
