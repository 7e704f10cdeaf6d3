using Farspan.Simulation;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>What the simulation says of every single failure and every shared risk of the network.</summary>
internal sealed class Predictions
{
    private readonly SimulationModel _model;
    private readonly List<FailureOutcome> _singles;
    private readonly List<FailureOutcome> _groups;

    public Predictions(Network network)
    {
        _model = SimulationModelBuilder.Build(network);
        var sweep = new FailureSweep(_model);
        _singles = [.. sweep.Singles()];
        _groups = [.. sweep.Groups()];
    }

    /// <summary>The heads of the tables.</summary>
    public static string[] Heads { get; } =
    [
        "what fails", "new calls again after (worst / expected)", "packets again after",
        "established calls", "who acts", "calls left",
    ];

    /// <summary>Rows for single elements of some kinds.</summary>
    public IEnumerable<string[]> Of(params ElementKind[] kinds) =>
        Rows(_singles.Where((_, i) => kinds.Contains(_model.Elements[i].Kind)));

    /// <summary>Rows for what is lost together: <c>zone</c>, <c>links</c>, <c>region</c>.</summary>
    public IEnumerable<string[]> OfGroups(params string[] kinds) =>
        Rows(_groups.Where((_, i) => kinds.Contains(_model.RiskGroups[i].Kind)));

    /// <summary>Failures that differ in nothing but the name of a machine share a row.</summary>
    private IEnumerable<string[]> Rows(IEnumerable<FailureOutcome> outcomes) =>
        outcomes
            .Select(o => (Site: Site(o.Failure.ToString()), Name: o.Failure.ToString(), Row: Row(o)))
            .GroupBy(r => r.Site + "\n" + string.Join('\n', r.Row))
            .Select(same => (string[])
            [
                same.Count() == 1 ? same.First().Name : $"{same.First().Name} and {same.Count() - 1} like it",
                .. same.First().Row,
            ]);

    /// <summary>The id without the number of a machine.</summary>
    private static string Site(string id)
    {
        var slash = id.LastIndexOf('/');
        return slash > 0 && id[(slash + 1)..].All(char.IsAsciiDigit) ? id[..slash] : id;
    }

    private string[] Row(FailureOutcome outcome) =>
    [
        outcome.NewCalls + Lost(outcome.Level),
        outcome.Network.ToString(),
        outcome.Established switch
        {
            CallFate.Untouched => "untouched",
            CallFate.Kept => $"kept, silent for {outcome.Gap}",
            _ => $"{outcome.KeptPercent:0} % kept",
        },
        outcome.NewCallActors == Actors.None ? "nobody needs to" : ActorNames.Of(outcome.NewCallActors),
        $"{outcome.Capacity.Calls} of {_model.PeakCalls} at peak",
    ];

    private static string Lost(ServiceLevel level) => level switch
    {
        ServiceLevel.All => "",
        ServiceLevel.Some => ", not all",
        _ => ", none",
    };
}
