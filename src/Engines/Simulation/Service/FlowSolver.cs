using Farspan.Kernel;

namespace Farspan.Simulation;

/// <summary>
/// The state of every flow under every failure set, computed only where it differs: a failure that touches
/// nothing a result rests on leaves the result (<see cref="PrefixRoutes.Support"/>, <see
/// cref="FlowState.Support"/>). Exact, not an estimate.
/// </summary>
/// <remarks>Results of nothing and of single failures are kept; of larger sets only the latest of each flow and
/// prefix, so memory grows with the number of elements, not of pairs. One owner.</remarks>
public sealed class FlowSolver
{
    /// <summary>In the place of an element: nothing failed.</summary>
    private const int Nothing = -1;

    private readonly SimulationModel _model;
    private readonly RouteSolver _routes;
    private readonly PacketWalker _walker;
    private readonly Dictionary<(int Prefix, int Island, int Element), PrefixRoutes> _keptRoutes = [];
    private readonly Dictionary<(int Flow, int Element), FlowState> _keptFlows = [];
    private readonly Dictionary<(int Prefix, int Island), Latest<PrefixRoutes>> _latestRoutes = [];
    private readonly Dictionary<int, Latest<FlowState>> _latestFlows = [];
    private readonly ElementSet _walkFailed;
    private readonly Func<int, int, PrefixRoutes> _routesOf;
    private readonly FlowState[] _healthy;
    private int[] _walkElements = [];

    public FlowSolver(SimulationModel model)
    {
        _model = model;
        _routes = new RouteSolver(model.Network);
        _walker = new PacketWalker(model.Network);
        _walkFailed = new ElementSet(model.Elements.Length);
        _routesOf = (prefix, island) => Routes(prefix, island, _walkElements);
        _healthy = [.. Enumerable.Range(0, model.Flows.Length).Select(flow => Walk(flow, []))];
    }

    /// <summary>The failure set that <see cref="Of(int)"/> speaks of; ascending, without duplicates.</summary>
    public int[] Current { get; private set; } = [];

    /// <summary>How often routes were settled: what the work is.</summary>
    public long SettledCount { get; private set; }

    public void Fail(ReadOnlySpan<int> elements) => Current = elements.ToArray();

    /// <summary>A flow while nothing has failed.</summary>
    public FlowState Healthy(int flow) => _healthy[flow];

    /// <summary>A flow while the current set is down.</summary>
    public FlowState Of(int flow) => Of(flow, Current);

    /// <summary>The routes of a prefix while nothing has failed.</summary>
    public PrefixRoutes HealthyRoutes(int prefix, int island) => KeptRoutes(prefix, island, Nothing);

    private FlowState Of(int flow, ReadOnlySpan<int> failed)
    {
        Span<int> relevant = stackalloc int[failed.Length];
        var count = 0;
        var state = Healthy(flow);
        while (TakeRelevant(state.Support, failed, relevant, ref count))
        {
            state = count == 1 ? Kept(flow, relevant[0]) : LatestFlow(flow, relevant[..count]);
        }

        return state;
    }

    private PrefixRoutes Routes(int prefix, int island, ReadOnlySpan<int> failed)
    {
        Span<int> relevant = stackalloc int[failed.Length];
        var count = 0;
        var routes = KeptRoutes(prefix, island, Nothing);
        while (TakeRelevant(routes.Support, failed, relevant, ref count))
        {
            routes = count == 1
                ? KeptRoutes(prefix, island, relevant[0])
                : LatestRoutes((prefix, island), relevant[..count]);
        }

        return routes;
    }

    /// <summary>
    /// Moves what a result rests on from the failed to the relevant; false: nothing is left that it rests on.
    /// One at a time for a pair (the single failure is known already), else all at once.
    /// </summary>
    private static bool TakeRelevant(
        ElementSet support, ReadOnlySpan<int> failed, Span<int> relevant, ref int count)
    {
        var before = count;
        foreach (var element in failed)
        {
            if (support.Contains(element) && !relevant[..before].Contains(element))
            {
                relevant[count++] = element;
                if (failed.Length == 2)
                {
                    break;
                }
            }
        }

        relevant[..count].Sort();
        return count > before;
    }

    private FlowState Kept(int flow, int element)
    {
        if (!_keptFlows.TryGetValue((flow, element), out var state))
        {
            state = Walk(flow, [element]);
            _keptFlows.Add((flow, element), state);
        }

        return state;
    }

    private PrefixRoutes KeptRoutes(int prefix, int island, int element)
    {
        if (!_keptRoutes.TryGetValue((prefix, island, element), out var routes))
        {
            routes = Settle(prefix, island, element == Nothing ? [] : [element]);
            _keptRoutes.Add((prefix, island, element), routes);
        }

        return routes;
    }

    private FlowState LatestFlow(int flow, ReadOnlySpan<int> relevant)
    {
        if (!_latestFlows.TryGetValue(flow, out var latest) || !latest.IsOf(relevant))
        {
            latest = new Latest<FlowState>(relevant.ToArray(), Walk(flow, relevant));
            _latestFlows[flow] = latest;
        }

        return latest.Result;
    }

    private PrefixRoutes LatestRoutes((int Prefix, int Island) key, ReadOnlySpan<int> relevant)
    {
        if (!_latestRoutes.TryGetValue(key, out var latest) || !latest.IsOf(relevant))
        {
            latest = new Latest<PrefixRoutes>(relevant.ToArray(), Settle(key.Prefix, key.Island, relevant));
            _latestRoutes[key] = latest;
        }

        return latest.Result;
    }

    private PrefixRoutes Settle(int prefix, int island, ReadOnlySpan<int> failed)
    {
        SettledCount++;
        return _routes.Solve(prefix, island, failed);
    }

    private FlowState Walk(int flow, ReadOnlySpan<int> failed)
    {
        Invariant.Require(_walkFailed.IsEmpty);
        _walkElements = failed.ToArray();
        _walkFailed.AddAll(failed);
        var forward = Walk(_model.Flows[flow].Forward);
        var back = Walk(_model.Flows[flow].Return);
        _walkFailed.Clear();
        return new FlowState(forward, back, _model.Elements.Length);
    }

    private PacketWalk Walk(FlowDirection direction) =>
        _walker.Walk(direction.From, direction.Covering, _walkFailed, _routesOf);

    /// <summary>A result, and what it was the result of.</summary>
    private readonly record struct Latest<T>(int[] Failed, T Result)
    {
        public bool IsOf(ReadOnlySpan<int> failed) => failed.SequenceEqual(Failed);
    }
}
