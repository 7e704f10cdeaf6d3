using System.Text;
using Farspan.Kernel;

namespace Farspan.Simulation;

/// <summary>
/// One file that shows everything a sweep has found: a map to break things on, the failures as a heat map, the
/// objectives with their stories. It needs no network and no server.
/// </summary>
public static class SimulationPage
{
    /// <summary>The page.</summary>
    /// <param name="name">Of the topology.</param>
    /// <param name="model">What was swept.</param>
    /// <param name="result">What was found.</param>
    /// <param name="verdicts">Of the objectives.</param>
    public static string Write(
        string name, SimulationModel model, SimulationResult result, IEnumerable<ObjectiveVerdict> verdicts) =>
        Part("html")
            .Replace("/*style*/", Part("css"), StringComparison.Ordinal)
            .Replace("/*script*/", Part("js"), StringComparison.Ordinal)
            .Replace(
                "\"data\"",
                Embeddable(PageData.Write(name, model, result, verdicts)),
                StringComparison.Ordinal);

    /// <summary>JSON inside a script element: no text of it may end the element.</summary>
    private static string Embeddable(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);

    private static string Part(string ending)
    {
        using var stream = typeof(SimulationPage).Assembly.GetManifestResourceStream($"Simulation/page.{ending}");
        Invariant.Require(stream is not null);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
