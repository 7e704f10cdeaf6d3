using System.Globalization;
using System.Text;

namespace Farspan.Observability.Tests;

/// <summary>
/// A strict reader of the Prometheus text exposition format, version 0.0.4: throws for everything that the format's
/// page does not allow.
/// </summary>
internal sealed class ExpositionParser
{
    private readonly Dictionary<string, ExpositionFamily> _families = [];
    private ExpositionFamily? _current;

    public static IReadOnlyDictionary<string, ExpositionFamily> Parse(string text)
    {
        Require(text.Length == 0 || text.EndsWith('\n'), "the last line ends");
        var parser = new ExpositionParser();
        foreach (var line in text.Split('\n')[..^1])
        {
            parser.Take(line);
        }

        foreach (var family in parser._families.Values.Where(f => f.Type == "histogram"))
        {
            CheckHistogram(family);
        }

        return parser._families;
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new FormatException(what);
        }
    }

    private static void CheckHistogram(ExpositionFamily family)
    {
        var groups = family.Samples.GroupBy(s => string.Join(',', s.Labels.Where(l => l.Key != "le")));
        foreach (var group in groups)
        {
            var buckets = group.Where(s => s.Name.EndsWith("_bucket", StringComparison.Ordinal)).ToList();
            var bounds = buckets.Select(b => Number(b.Labels["le"])).ToList();
            Require(bounds.SequenceEqual(bounds.Order()) && double.IsPositiveInfinity(bounds[^1]), "bounds rise to +Inf");
            var counts = buckets.Select(b => b.Value).ToList();
            Require(counts.SequenceEqual(counts.Order()), "buckets are cumulative");
            Require(group.Single(s => s.Name.EndsWith("_count", StringComparison.Ordinal)).Value == counts[^1], "count");
            Require(group.Count(s => s.Name.EndsWith("_sum", StringComparison.Ordinal)) == 1, "sum");
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static bool IsName(string name, bool allowsColon) =>
        name.Length > 0
        && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_' || (allowsColon && c == ':'));

    private void Take(string line)
    {
        if (line.StartsWith("# HELP ", StringComparison.Ordinal))
        {
            var parts = line.Split(' ', 4);
            Require(parts.Length == 4 && IsName(parts[2], true), "HELP has a name and a text");
            Require(_families.TryAdd(parts[2], _current = new ExpositionFamily(parts[2])), "a family comes once");
        }
        else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
        {
            var parts = line.Split(' ');
            Require(parts.Length == 4 && parts[2] == _current?.Name, "TYPE follows HELP of the same name");
            Require(parts[3] is "counter" or "gauge" or "histogram", "a known type");
            _current!.Type = parts[3];
        }
        else
        {
            TakeSample(line);
        }
    }

    private void TakeSample(string line)
    {
        var nameEnd = line.IndexOfAny(['{', ' ']);
        Require(nameEnd > 0, "a sample has a name and a value");
        var name = line[..nameEnd];
        Require(IsName(name, true), "a valid name");
        var position = nameEnd;
        var labels = line[position] == '{' ? ReadLabels(line, ref position) : [];
        Require(line[position] == ' ', "one space before the value");
        var sample = new ExpositionSample(name, labels, Number(line[(position + 1)..]));
        Require(_current is { Type: not null } family && BelongsTo(sample, family), "a sample follows its TYPE");
        Require(!_current!.Samples.Any(s => s.Name == name && SameLabels(s, sample)), "a series comes once");
        _current.Samples.Add(sample);
    }

    private static bool SameLabels(ExpositionSample a, ExpositionSample b) =>
        a.Labels.Count == b.Labels.Count && a.Labels.All(l => b.Labels.GetValueOrDefault(l.Key) == l.Value);

    private static bool BelongsTo(ExpositionSample sample, ExpositionFamily family) => family.Type switch
    {
        "histogram" => sample.Name == family.Name + "_sum" || sample.Name == family.Name + "_count"
            || (sample.Name == family.Name + "_bucket" && sample.Labels.ContainsKey("le")),
        "counter" => sample.Name == family.Name && sample.Value >= 0
            && sample.Name.EndsWith("_total", StringComparison.Ordinal),
        _ => sample.Name == family.Name,
    };

    private static Dictionary<string, string> ReadLabels(string line, ref int position)
    {
        var labels = new Dictionary<string, string>();
        do
        {
            var equals = line.IndexOf('=', position);
            var name = line[(position + 1)..equals];
            Require(IsName(name, false) && line[equals + 1] == '"', "name=\"value\"");
            position = equals + 2;
            Require(labels.TryAdd(name, ReadQuoted(line, ref position)), "a label comes once");
        }
        while (line[position] == ',');

        Require(line[position++] == '}', "labels end");
        return labels;
    }

    private static string ReadQuoted(string line, ref int position)
    {
        var value = new StringBuilder();
        while (line[position] != '"')
        {
            if (line[position] != '\\')
            {
                value.Append(line[position++]);
                continue;
            }

            value.Append(line[position + 1] switch
            {
                'n' => '\n',
                '"' => '"',
                '\\' => '\\',
                _ => throw new FormatException("an unknown escape"),
            });
            position += 2;
        }

        position++;
        return value.ToString();
    }
}

/// <summary>One metric of a parsed exposition.</summary>
internal sealed class ExpositionFamily(string name)
{
    public string Name { get; } = name;

    public string? Type { get; set; }

    public List<ExpositionSample> Samples { get; } = [];
}

/// <summary>One line of a parsed exposition.</summary>
internal sealed record ExpositionSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
