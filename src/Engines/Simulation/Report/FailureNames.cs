using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Farspan.Simulation;

/// <summary>Finds what <c>--fail</c> names: elements and shared risks by their ids.</summary>
public static class FailureNames
{
    private const int SuggestionsMax = 5;

    /// <summary>
    /// All of these at once; false: a name that nobody bears, with the nearest that somebody does.
    /// </summary>
    public static bool TryFind(
        SimulationModel model,
        IEnumerable<string> names,
        [NotNullWhen(true)] out FailureSet? failure,
        out string unknown,
        out ImmutableArray<string> nearest)
    {
        failure = new FailureSet([], []);
        (unknown, nearest) = ("", []);
        foreach (var name in names)
        {
            if (Find(model, name) is not { } found)
            {
                (unknown, nearest, failure) = (name, Nearest(model, name), null);
                return false;
            }

            failure = failure.With(found);
        }

        return true;
    }

    private static FailureSet? Find(SimulationModel model, string name)
    {
        for (var i = 0; i < model.Elements.Length; i++)
        {
            if (model.Elements[i].Id == name)
            {
                return model.Single(i);
            }
        }

        return model.RiskGroups.FirstOrDefault(group => group.Id == name) is { } risk
            ? new FailureSet([risk.Id], risk.Members)
            : null;
    }

    private static ImmutableArray<string> Nearest(SimulationModel model, string name) =>
    [
        .. model.Elements.Select(element => element.Id).Concat(model.RiskGroups.Select(group => group.Id))
            .OrderByDescending(id => Likeness(id, name)).Take(SuggestionsMax),
    ];

    /// <summary>Letters that agree at the beginning and at the end.</summary>
    private static int Likeness(string id, string name)
    {
        var start = id.AsSpan().CommonPrefixLength(name);
        var end = 0;
        while (end < Math.Min(id.Length, name.Length) - start && id[^(end + 1)] == name[^(end + 1)])
        {
            end++;
        }

        return start + end + (id.Contains(name, StringComparison.Ordinal) ? name.Length : 0);
    }
}
