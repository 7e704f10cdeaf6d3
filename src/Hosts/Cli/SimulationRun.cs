using System.Collections.Immutable;
using Farspan.Simulation;

namespace Farspan.Cli;

/// <summary>
/// Sweeps all failures of a model on all processors: each has a sweep of its own and takes the next row of
/// pairs.
/// </summary>
/// <param name="model">What fails.</param>
/// <param name="progress">Told the share that is done, from 0 to 1, now and then; from any thread.</param>
internal sealed class SimulationRun(SimulationModel model, Action<double> progress)
{
    private readonly FailureOutcome[] _pairs = new FailureOutcome[PairCount(model.Elements.Length)];
    private int _nextRow;
    private int _donePairs;

    /// <summary>Nothing, all singles, all shared risks and, if wanted, all pairs.</summary>
    public async Task<SimulationResult> RunAsync(bool withPairs, CancellationToken stop)
    {
        var sweep = new FailureSweep(model);
        var healthy = sweep.Healthy();
        ImmutableArray<FailureOutcome> singles = [.. sweep.Singles()];
        ImmutableArray<FailureOutcome> groups = [.. sweep.Groups()];
        if (!withPairs)
        {
            return new SimulationResult(healthy, singles, groups, []);
        }

        var workers = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(i => Task.Run(() => SweepRows(i == 0 ? sweep : new FailureSweep(model), stop), stop));
        await Task.WhenAll(workers);
        return new SimulationResult(healthy, singles, groups, ImmutableArray.Create(_pairs));
    }

    private static int PairCount(int elements) => elements * (elements - 1) / 2;

    private void SweepRows(FailureSweep sweep, CancellationToken stop)
    {
        for (var row = Interlocked.Increment(ref _nextRow) - 1;
             row < model.Elements.Length;
             row = Interlocked.Increment(ref _nextRow) - 1)
        {
            stop.ThrowIfCancellationRequested();
            var number = SimulationResult.PairNumber(row, row + 1, model.Elements.Length);
            foreach (var outcome in sweep.PairsOf(row))
            {
                _pairs[number++] = SimulationResult.Summarize(outcome);
            }

            var done = Interlocked.Add(ref _donePairs, model.Elements.Length - row - 1);
            progress((double)done / Math.Max(1, _pairs.Length));
        }
    }
}
