using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Farspan.Simulation;

/// <summary>
/// What the page looks up, as JSON: outcomes are written once and called by number; of a pair's flows only
/// what is not simply one failure's next to the other's.
/// </summary>
internal sealed class PageData
{
    private readonly SimulationModel _model;
    private readonly SimulationResult _result;
    private readonly SystemMap _map;
    private readonly Dictionary<string, int> _outcomes = [];
    private readonly Dictionary<string, int> _walks = [];
    private readonly List<int> _pairs = [];

    private PageData(SimulationModel model, SimulationResult result)
    {
        (_model, _result) = (model, result);
        _map = new SystemMap(model);
    }

    public static string Write(
        string name, SimulationModel model, SimulationResult result, IEnumerable<ObjectiveVerdict> verdicts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            new PageData(model, result).Write(json, name, verdicts);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter json, string name, IEnumerable<ObjectiveVerdict> verdicts)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("peak", _model.PeakCalls);
        WriteElements(json);
        WriteMap(json);
        WriteFlows(json);
        WriteOutcomes(json);
        WriteVerdicts(json, verdicts);
        json.WriteEndObject();
    }

    private void WriteElements(Utf8JsonWriter json)
    {
        List(json, "elements", _model.Elements, element =>
        {
            json.WriteStringValue(element.Id);
            json.WriteStringValue(element.Kind.ToString());
            json.WriteStringValue(element.Region);
        });
        List(json, "groups", _model.RiskGroups, group =>
        {
            json.WriteStringValue(group.Id);
            json.WriteStringValue(group.Kind);
            Numbers(json, group.Members);
        });
    }

    private void WriteMap(Utf8JsonWriter json)
    {
        json.WriteNumber("width", _map.Width);
        json.WriteNumber("height", _map.Height);
        List(json, "nodes", _map.Nodes, node =>
        {
            json.WriteStringValue(node.Id);
            json.WriteNumberValue(node.X);
            json.WriteNumberValue(node.Y);
            Numbers(json, node.Parts);
        });
        List(json, "lines", _map.Lines, line =>
        {
            json.WriteStringValue(line.Name);
            Numbers(json, [line.From, line.To, line.Element], isFlat: true);
        });
    }

    private void WriteFlows(Utf8JsonWriter json)
    {
        var solver = new FlowSolver(_model);
        List(json, "flows", Enumerable.Range(0, _model.Flows.Length), flow =>
        {
            Numbers(json, [_model.Flows[flow].Edge, _model.Flows[flow].Connector], isFlat: true);
            json.WriteNumberValue(Number(solver.Healthy(flow).Forward));
            json.WriteNumberValue(Number(solver.Healthy(flow).Return));
        });
        WriteSites(json, "edges", _model.Edges);
        WriteSites(json, "connectors", _model.Connectors);
    }

    private static void WriteSites(Utf8JsonWriter json, string name, ImmutableArray<Site> sites)
    {
        List(json, name, sites, site =>
        {
            json.WriteStringValue(site.Name);
            json.WriteStringValue(site.Region);
            Numbers(json, site.Shared);
            Numbers(json, site.Units.SelectMany(unit => unit.Elements));
        });
    }

    private void WriteOutcomes(Utf8JsonWriter json)
    {
        json.WriteNumber("healthy", Number(_result.Healthy));
        Numbers(json, "singles", _result.Singles.Select(Number));
        Numbers(json, "groupOutcomes", _result.Groups.Select(Number));
        List(json, "singleFlows", _result.Singles, outcome => WriteChanges(json, outcome.Changes));
        List(json, "groupFlows", _result.Groups, outcome => WriteChanges(json, outcome.Changes));
        WritePairs(json);
        json.WriteString("pairs", Pack(_pairs));
        Raw(json, "outcomes", _outcomes);
        Raw(json, "walks", _walks);
    }

    /// <summary>Flows of pairs that are not what one of the two alone makes of them.</summary>
    private void WritePairs(Utf8JsonWriter json)
    {
        var sweep = new FailureSweep(_model);
        json.WriteStartObject("pairFlows");
        var isWanted = !_result.Pairs.IsEmpty;
        for (var first = 0; first < _model.Elements.Length && isWanted; first++)
        {
            foreach (var outcome in sweep.PairsOf(first))
            {
                _pairs.Add(Number(outcome));
                if (!IsSum(outcome))
                {
                    json.WriteStartArray($"{first},{outcome.Failure.Elements[1]}");
                    WriteChanges(json, outcome.Changes);
                    json.WriteEndArray();
                }
            }
        }

        json.WriteEndObject();
    }

    private bool IsSum(FailureOutcome pair)
    {
        var first = _result.Singles[pair.Failure.Elements[0]].Changes;
        var second = _result.Singles[pair.Failure.Elements[1]].Changes;
        var sum = second.Where(change => first.All(other => other.Flow != change.Flow)).Concat(first)
            .OrderBy(change => change.Flow);
        return sum.Select(Key).SequenceEqual(pair.Changes.Select(Key));
    }

    private (int, int, int, TimeSpan) Key(FlowChange change) =>
        (change.Flow, Number(change.State.Forward), Number(change.State.Return), change.Recovery.Worst);

    private void WriteChanges(Utf8JsonWriter json, ImmutableArray<FlowChange> changes)
    {
        foreach (var change in changes)
        {
            var (flow, there, back, worst) = Key(change);
            Numbers(json, [flow, there, back, Ms(worst)]);
        }
    }

    private static void WriteVerdicts(Utf8JsonWriter json, IEnumerable<ObjectiveVerdict> verdicts) =>
        List(json, "objectives", verdicts, verdict =>
        {
            json.WriteStringValue(verdict.Objective.Id);
            json.WriteNumberValue(verdict.Checked);
            json.WriteNumberValue(verdict.Broken);
            json.WriteStringValue(string.Join('\n', verdict.Story));
            json.WriteStringValue(string.Join('\n', verdict.Counterexample?.Failure.Causes ?? []));
        });

    private int Number(FailureOutcome outcome)
    {
        int[] fields =
        [
            (int)outcome.Level, Ms(outcome.NewCalls.Worst), Ms(outcome.NewCalls.Expected),
            (int)outcome.NewCallActors, (int)outcome.Established, (int)Math.Round(outcome.KeptPercent),
            Ms(outcome.Gap.Worst), Ms(outcome.Network.Worst), Ms(outcome.Network.Expected),
            outcome.Capacity.Calls, (int)outcome.Capacity.Limit,
        ];
        return Number(_outcomes, $"[{string.Join(',', fields)}]");
    }

    private int Number(PacketWalk walk)
    {
        var lines = walk.Arcs.Select(arc => _map.LineOfArc[arc]).Where(line => line >= 0).Distinct();
        var lost = walk.LostAt is { } table ? _map.NodeOf(_model.Network.Tables[table]) : -1;
        return Number(_walks, $"[{(int)walk.Verdict},{lost},{walk.Mtu},[{string.Join(',', lines)}]]");
    }

    private static int Number(Dictionary<string, int> known, string text)
    {
        if (!known.TryGetValue(text, out var number))
        {
            number = known.Count;
            known.Add(text, number);
        }

        return number;
    }

    private static int Ms(TimeSpan time) =>
        time == TimeSpan.MaxValue ? -1 : (int)Math.Round(time.TotalMilliseconds);

    private static string Pack(List<int> numbers)
    {
        var bytes = new byte[numbers.Count * sizeof(int)];
        for (var i = 0; i < numbers.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), numbers[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    private static void Raw(Utf8JsonWriter json, string name, Dictionary<string, int> known)
    {
        json.WriteStartArray(name);
        foreach (var text in known.Keys)
        {
            json.WriteRawValue(text);
        }

        json.WriteEndArray();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartArray();
            write(item);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WritePropertyName(name);
        Numbers(json, numbers);
    }

    private static void Numbers(Utf8JsonWriter json, IEnumerable<int> numbers, bool isFlat = false)
    {
        if (!isFlat)
        {
            json.WriteStartArray();
        }

        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        if (!isFlat)
        {
            json.WriteEndArray();
        }
    }
}
