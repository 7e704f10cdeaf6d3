using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Farspan.Sip;

namespace Farspan.Bench;

/// <summary>
/// Set-up at 50 calls a second: the time to the first answer, as the carrier sees it, and our own share of
/// the whole, as the connector logs it.
/// </summary>
internal static partial class SetupRun
{
    private const int CallsPerSecond = 50;
    private const int Seconds = 20;

    // As many calls as the runtime needs to see before it compiles what is used often for the last time.
    private const int WarmUpSeconds = 20;
    private const double TryingGoalMilliseconds = 5;
    private const double ShareGoalMilliseconds = 150;

    public static void Measure(BenchOptions options, Scoreboard scoreboard)
    {
        using var lab = new LabProcess();
        if (lab.ReadObject() is not { } ready || TargetOf(ready["sip"]?.ToString()) is not { } target
            || ConnectorProbe.TryAttach(lab.Id) is not { } probe)
        {
            scoreboard.Require(holds: false, "`farspan lab --json` says where its connector is");
            return;
        }

        using (probe)
        {
            using var caller = new SetupCaller(target);
            var calls = options.Scale(CallsPerSecond * Seconds);
            var warmUp = options.Scale(CallsPerSecond * WarmUpSeconds);
            _ = caller.Run(1, warmUp, CallsPerSecond);
            using var measured = new SetupCaller(target);
            var trying = measured.Run(1 + warmUp, calls, CallsPerSecond);
            Report(scoreboard, trying, OwnShares(probe));
            scoreboard.Require(
                measured.Answered == calls && trying.Count == calls,
                $"each of {calls} INVITEs gets a 100 ({trying.Count} did), then a 200 ({measured.Answered} "
                + $"did; others: {(measured.Refusals.Length > 0 ? measured.Refusals : "none")})");
            scoreboard.Note("Connect's part is the time of StartWebRTCContact; joining the meeting, ICE and "
                + "DTLS count as ours.");
        }
    }

    private static void Report(Scoreboard scoreboard, List<double> trying, List<double> shares)
    {
        if (trying.Count > 0)
        {
            var waited = Samples.Of(Quantile(trying, 0.99));
            scoreboard.Add(new Figure("INVITE to 100 at 50 calls/s, p99", waited, "ms")
            {
                Goal = Goal.AtMost(TryingGoalMilliseconds),
            });
        }

        if (shares.Count > 0)
        {
            scoreboard.Add(new Figure(
                "INVITE to 200 without Connect's part, p95", Samples.Of(Quantile(shares, 0.95)), "ms")
            {
                Goal = Goal.AtMost(ShareGoalMilliseconds),
            });
        }
    }

    private static double Quantile(List<double> values, double quantile) =>
        values.Order().ElementAt(Math.Min((int)(values.Count * quantile), values.Count - 1));

    private static List<double> OwnShares(ConnectorProbe probe) =>
        [.. probe.ReadLog()
            .Where(line => line.Contains("call.answered", StringComparison.Ordinal))
            .Select(line => NumberOf(SetupPattern().Match(line)) - NumberOf(ConnectPattern().Match(line)))
            .OfType<double>()];

    private static double? NumberOf(Match match) =>
        match.Success ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static IPEndPoint? TargetOf(string? sip) =>
        sip is not null && SipUri.TryParse(System.Text.Encoding.ASCII.GetBytes(sip), out var uri)
        && IPAddress.TryParse(uri.Host, out var address)
            ? new IPEndPoint(address, uri.Port ?? 5060)
            : null;

    [GeneratedRegex("\"setupMs\":\\s*([0-9.]+)")]
    private static partial Regex SetupPattern();

    [GeneratedRegex("\"connectMs\":\\s*([0-9.]+)")]
    private static partial Regex ConnectPattern();
}
