using System.Globalization;
using System.Text.Json.Nodes;

namespace Farspan.Bench;

/// <summary>So many calls at once through a lab, and what they cost while all of them were up.</summary>
internal sealed class LoadRun
{
    private const double MaxBusyShare = 0.8;
    private const double MaxLossPercent = 0.1;
    private static readonly TimeSpan ReadingInterval = TimeSpan.FromSeconds(1);

    private readonly List<ConnectorReading> _readings = [];
    private readonly JsonObject? _report;
    private readonly bool _hasSucceeded;

    private LoadRun(int calls, JsonObject? report, bool hasSucceeded, List<ConnectorReading> readings)
    {
        (Calls, _report, _hasSucceeded, _readings) = (calls, report, hasSucceeded, readings);
        FullLoad = [.. _readings.Where(reading => reading.ActiveCalls >= calls)];
    }

    public int Calls { get; }

    /// <summary>Whether the lab gave a report at all.</summary>
    public bool HasReport => _report is not null;

    /// <summary>Readings while every call was up; two at least are needed.</summary>
    public IReadOnlyList<ConnectorReading> FullLoad { get; }

    /// <summary>Whether everything worked and there was room to spare.</summary>
    public bool IsComfortable =>
        _hasSucceeded && LossPercent < MaxLossPercent && FullLoad.Count > 1 && BusyShare < MaxBusyShare;

    public double LossPercent => Number("lossPercent") ?? 100;

    /// <summary>Of all processors, by everything that ran.</summary>
    public double BusyShare => PerSecond(reading => reading.MachineBusySeconds) / Machine.Processors;

    /// <summary>Milliseconds of the connector's CPU for a call and second.</summary>
    public double CpuMillisecondsPerCall => PerSecond(reading => reading.CpuSeconds) / Calls * 1e3;

    /// <summary>What a call adds to the resident memory.</summary>
    public double ResidentBytesPerCall =>
        (FullLoad.Max(reading => reading.ResidentBytes) - _readings[0].ResidentBytes) / Calls;

    /// <summary>Managed allocation a second; null if the connector does not tell.</summary>
    public double? AllocatedBytesPerSecond => FullLoad.All(reading => reading.AllocatedBytes is not null)
        ? PerSecond(reading => reading.AllocatedBytes!.Value)
        : null;

    public double? LongestPauseSeconds => FullLoad[^1].LongestPauseSeconds;

    /// <summary>Places the calls and waits for their end.</summary>
    public static LoadRun Start(int calls, BenchOptions options)
    {
        // The ramp takes a tenth of a second a call or less; then all talk together for a while.
        var rate = Math.Clamp(calls / 10, 5, 50);
        var talk = (calls / rate) + options.Scale(30) + 2;
        using var lab = new LabProcess("--calls", $"{calls}", "--rate", $"{rate}", "--talk", $"{talk}s");
        var readings = new List<ConnectorReading>();
        var observer = new Thread(() => Observe(lab.Id, readings)) { IsBackground = true };
        observer.Start();
        var report = lab.ReadLastObject();
        observer.Join();
        return new LoadRun(calls, report, lab.HasSucceeded, readings);
    }

    /// <summary>A number of the lab's report, by its path.</summary>
    public double? Number(params ReadOnlySpan<string> path)
    {
        JsonNode? node = _report;
        foreach (var name in path)
        {
            node = node?[name];
        }

        var text = node?.ToJsonString();
        return double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static void Observe(int lab, List<ConnectorReading> readings)
    {
        ConnectorProbe? probe = null;
        while (ProcessTable.Arguments(lab).Length > 1)
        {
            probe ??= ConnectorProbe.TryAttach(lab);
            if (probe?.TryRead() is { } reading)
            {
                readings.Add(reading);
            }

            Thread.Sleep(ReadingInterval);
        }

        probe?.Dispose();
    }

    private double PerSecond(Func<ConnectorReading, double> count) =>
        (count(FullLoad[^1]) - count(FullLoad[0])) / (FullLoad[^1].WallSeconds - FullLoad[0].WallSeconds);
}
