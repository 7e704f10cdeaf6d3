using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Farspan.Simulation.Tests;

/// <summary>All pairs of a large system: how long, with how much memory, and how that grows.</summary>
[Collection(WholeMachine.Name)]
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int Cores = 2;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(60);
    private const long BytesMax = 400_000_000;

    [Fact]
    public async Task AllPairsOfTenRegions_TakeLessThanAMinute_AndBoundedMemory()
    {
        var model = Samples.Parse(TenRegions.Write());
        Assert.True(model.Elements.Length >= 400, $"{model.Elements.Length} elements");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        var (started, worked) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);

        var halves = Enumerable.Range(0, Cores).Select(half => Task.Run(() => Sweep(model, half)));
        var sweeps = await Task.WhenAll(halves);

        // What two cores of its own would have taken: other processes may keep this machine busy.
        process.Refresh();
        var took = (process.TotalProcessorTime - worked) / Cores;
        var waited = Stopwatch.GetElapsedTime(started);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        var sets = sweeps.Sum(sweep => sweep.Outcomes.Count);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{model.Elements.Length} elements, {sets} sets: {took.TotalSeconds:0.0} s on {Cores} cores "
            + $"({waited.TotalSeconds:0.0} s here), {kept / 1e6:0} MB, "
            + $"{sweeps.Sum(sweep => sweep.Settled)} settlings of {model.Network.Prefixes.Length} prefixes"));
        Assert.Equal(model.Elements.Length * (model.Elements.Length - 1) / 2, sets);
        Assert.True(sets >= 80_000);
        Assert.True(took < TimeMax, $"{took}");
        Assert.True(kept < BytesMax, $"{kept}");
        GC.KeepAlive(sweeps);
    }

    private static (List<FailureOutcome> Outcomes, long Settled) Sweep(SimulationModel model, int half)
    {
        var sweep = new FailureSweep(model);
        var outcomes = new List<FailureOutcome>();
        for (var row = half; row < model.Elements.Length; row += Cores)
        {
            outcomes.AddRange(sweep.PairsOf(row).Select(SimulationResult.Summarize));
        }

        return (outcomes, sweep.SettledCount);
    }
}
