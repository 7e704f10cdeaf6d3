using System.Text;
using Farspan.Configuration;
using Farspan.Interop.Tests;

namespace Farspan.Simulation.Tests;

/// <summary>The samples as the simulation sees them, changed a little where a test wants that.</summary>
internal static class Samples
{
    public const string PartnerCrossCloud = "two-regions-partner-cci";
    public const string CrossCloud = "two-regions-cci";
    public const string Colo = "two-regions-colo";
    public const string HaVpn = "two-regions-ha-vpn";
    public const string GuideAsWritten = "guide-as-written";

    /// <summary>Carriers are given names instead of addresses.</summary>
    public static (string Old, string New)[] WithNames =>
        [("address: 192.0.2.20", "instancesMin: 6"), ("address: 192.0.2.40", "instancesMin: 6")];

    public static SimulationModel Model(string sample, params (string Old, string New)[] changes)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "samples", $"{sample}.yaml"));
        foreach (var (old, replacement) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, replacement, StringComparison.Ordinal);
        }

        return Parse(text);
    }

    public static SimulationModel Parse(string text)
    {
        var outcome = ConfigurationFile.Load(Encoding.UTF8.GetBytes(text), "farspan.yaml");
        Assert.True(outcome.Model?.Network is not null, string.Join('\n', outcome.Findings));
        return SimulationModelBuilder.Build(outcome.Model.Network);
    }

    public static FailureOutcome Fail(SimulationModel model, params string[] causes)
    {
        Assert.True(FailureNames.TryFind(model, causes, out var failure, out var unknown, out _), unknown);
        return new FailureEvaluator(model).Evaluate(failure);
    }

    /// <summary>Everything, on this thread.</summary>
    public static SimulationResult Sweep(SimulationModel model)
    {
        var sweep = new FailureSweep(model);
        return new SimulationResult(
            sweep.Healthy(),
            [.. sweep.Singles()],
            [.. sweep.Groups()],
            [
                .. Enumerable.Range(0, model.Elements.Length).SelectMany(sweep.PairsOf)
                    .Select(SimulationResult.Summarize),
            ]);
    }
}
