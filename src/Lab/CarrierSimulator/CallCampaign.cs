using System.Diagnostics;
using Farspan.Kernel;
using Farspan.Tones;

namespace Farspan.CarrierSimulator;

/// <summary>Places many calls at a steady rate and gathers their reports.</summary>
/// <param name="Calls">How many; at most <see cref="LabTones.Codes"/>, for each has a code of its
/// own.</param>
/// <param name="CallsPerSecond">How fast; more than 0.</param>
/// <param name="TalkTime">How long each talks.</param>
public sealed record CallCampaign(int Calls, double CallsPerSecond, TimeSpan TalkTime)
{
    // Odd, so that the calls' codes are a permutation; large, so that those of neighbours have little in
    // common.
    private const int CodeStep = 40_503;
    private const int FirstCode = 4_660;

    /// <summary>
    /// Runs to its end. The token stops new calls and ends those that are up; all are reported.
    /// </summary>
    /// <param name="carrier">Who calls.</param>
    /// <param name="reported">Hears of each call as it ends, one at a time.</param>
    /// <param name="giveUp">Ends the campaign before its time.</param>
    public async Task<IReadOnlyList<CallReport>> RunAsync(
        SimulatedCarrier carrier, Action<CallReport> reported, CancellationToken giveUp)
    {
        Invariant.Require(Calls is > 0 and <= LabTones.Codes && CallsPerSecond > 0);

        var turn = new Lock();
        var pending = new List<Task<CallReport>>(Calls);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Calls && await IsDueAsync(i, started, giveUp).ConfigureAwait(false); i++)
        {
            pending.Add(PlaceAsync(carrier, CodeOf(i), reported, turn, giveUp));
        }

        return await Task.WhenAll(pending).ConfigureAwait(false);
    }

    /// <summary>The code of a call, counted from 0.</summary>
    public static int CodeOf(int call) => (int)((FirstCode + ((long)call * CodeStep)) % LabTones.Codes);

    private async Task<CallReport> PlaceAsync(
        SimulatedCarrier carrier, int code, Action<CallReport> reported, Lock turn, CancellationToken giveUp)
    {
        var report = await carrier.PlaceAsync(new CallPlan(code, TalkTime), giveUp).ConfigureAwait(false);
        lock (turn)
        {
            reported(report);
        }

        return report;
    }

    // Each call has its own moment, counted from the beginning: a late one does not make the rest late.
    private async Task<bool> IsDueAsync(int call, long started, CancellationToken giveUp)
    {
        var wait = TimeSpan.FromSeconds(call / CallsPerSecond) - Stopwatch.GetElapsedTime(started);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !giveUp.IsCancellationRequested;
    }
}
