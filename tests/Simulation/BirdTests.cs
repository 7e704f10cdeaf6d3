using System.Globalization;
using Farspan.Configuration;
using Farspan.Interop.Tests;
using Farspan.Topology;
using Xunit.Abstractions;

namespace Farspan.Simulation.Tests;

/// <summary>
/// The predictions against real routers: BIRD in network namespaces, the kernel's own tables and packets.
/// Links go silent, as the worst failures do.
/// </summary>
[Collection(WholeMachine.Name)]
public sealed class BirdTests(ITestOutputHelper output)
{
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(45);

    [NamespaceFact]
    public async Task RoutersTakeThePredictedPaths_InThePredictedTime() =>
        await Task.WhenAll(
            CompareAsync("two-regions-partner-cci", "link/east/a"),
            CompareAsync("two-regions-cci", "link/east/a"),
            CompareAsync("two-regions-colo", "link/east/b"),
            CompareAsync("two-regions-ha-vpn", single: null));

    private async Task CompareAsync(string sample, string? single)
    {
        var path = Path.Combine(Repository.Root, "samples", $"{sample}.yaml");
        var network = ConfigurationFile.Load(path).Model!.Network!;
        var model = SimulationModelBuilder.Build(network);
        var plan = new LabPlan(network);
        await using var lab = await BirdLab.StartAsync(plan);
        var (edge, connector) = (LabPlan.Google(network.Regions[0].GoogleRegion), network.Vpcs[0].Id);
        await AssertWaysAsync(sample, lab, plan, model, new FailureSet([], []));
        await using var probe = new OutageProbe(
            lab.NamespaceOf(edge), plan.Hosts[edge], lab.NamespaceOf(connector), plan.Hosts[connector]);
        await Eventually.TrueAsync(() => probe.IsWhole, SettlesWithin, () => $"answers in {sample}");
        if (single is not null)
        {
            await AssertFailureAsync(sample, lab, plan, model, probe, single);
            await lab.MendAsync();
            await AssertWaysAsync(sample, lab, plan, model, new FailureSet([], []));
            await Eventually.TrueAsync(() => probe.IsWhole, SettlesWithin, () => $"answers in {sample}");
        }

        await AssertFailureAsync(sample, lab, plan, model, probe, $"links/{network.Regions[0].Name}");
    }

    private async Task AssertFailureAsync(
        string sample, BirdLab lab, LabPlan plan, SimulationModel model, OutageProbe probe, string cause)
    {
        Assert.True(FailureNames.TryFind(model, [cause], out var failure, out _, out _));
        var predicted = new FailureEvaluator(model).Evaluate(failure).Network;
        probe.Reset();
        await lab.CutAsync([.. failure.Elements.Select(element => model.Elements[element].Id)]);
        await AssertWaysAsync(sample, lab, plan, model, failure);
        await Eventually.TrueAsync(
            () => probe.IsWhole, SettlesWithin, () => $"answers in {sample} without {cause}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sample}, {cause}: {probe.Longest.TotalSeconds:0.00} s; predicted "
            + $"{predicted.Best.TotalSeconds:0.00} to {predicted.Worst.TotalSeconds:0.00} s"));
        Assert.InRange(probe.Longest, predicted.Best, predicted.Worst);
    }

    /// <summary>Waits until the kernels' tables are as predicted, there and back.</summary>
    private static async Task AssertWaysAsync(
        string sample, BirdLab lab, LabPlan plan, SimulationModel model, FailureSet failure)
    {
        var solver = new FlowSolver(model);
        solver.Fail(failure.Elements.AsSpan());
        var state = solver.Of(model.FlowNumber(0, 0));
        var (edge, connector) = (LabPlan.Google(Region(model, model.Edges[0])), Vpc(model, model.Connectors[0]));
        var (toThere, toBack) = (Ways(model, plan, state.Forward), Ways(model, plan, state.Return));
        SortedSet<string> there = [], back = [];
        await Eventually.TrueAsync(
            async () =>
            {
                there = await lab.WaysAsync(edge, plan.Hosts[connector]);
                back = await lab.WaysAsync(connector, plan.Hosts[edge]);
                return there.SetEquals(toThere) && back.SetEquals(toBack);
            },
            SettlesWithin,
            () => $"{sample} without {failure}: there over {string.Join(", ", there)}, predicted "
                + $"{string.Join(", ", toThere)}; back over {string.Join(", ", back)}, predicted "
                + $"{string.Join(", ", toBack)} {lab.Complaints}");
    }

    private static string Region(SimulationModel model, Site edge) => edge.Name.Split('/')[1];

    private static string Vpc(SimulationModel model, Site connector) => $"vpc/{connector.Name.Split('/')[1]}";

    /// <summary>
    /// What lies inside Google Cloud or inside a transit gateway has no cable in the laboratory.
    /// </summary>
    private static SortedSet<string> Ways(SimulationModel model, LabPlan plan, PacketWalk walk) =>
    [
        .. walk.Arcs.Select(arc => model.Network.Arcs[arc].Name)
            .Where(name => plan.Cables.Exists(cable => cable.Name == name)),
    ];
}
