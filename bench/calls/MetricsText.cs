using System.Globalization;

namespace Farspan.Bench;

/// <summary>A page in the Prometheus text format, as far as the bench reads it.</summary>
internal sealed class MetricsText(string text)
{
    private readonly string[] _lines = text.Split('\n');

    /// <summary>The sum over all label sets; null if there is no such metric.</summary>
    public double? Sum(string name)
    {
        double? sum = null;
        foreach (var line in _lines)
        {
            var isIt = line.StartsWith(name, StringComparison.Ordinal)
                && line.Length > name.Length && line[name.Length] is ' ' or '{';
            if (isIt && TryReadValue(line, out var value))
            {
                sum = (sum ?? 0) + value;
            }
        }

        return sum;
    }

    /// <summary>
    /// The sum of the first metric whose name holds all these words; null if there is none.
    /// </summary>
    public double? Find(params ReadOnlySpan<string> words)
    {
        foreach (var line in _lines)
        {
            var name = line.Split(' ', '{')[0];
            var holdsAll = !line.StartsWith('#');
            foreach (var word in words)
            {
                holdsAll &= name.Contains(word, StringComparison.Ordinal);
            }

            if (holdsAll)
            {
                return Sum(name);
            }
        }

        return null;
    }

    private static bool TryReadValue(string line, out double value) =>
        double.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out value);
}
