using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Farspan.Topology;

/// <summary>A mapping with known keys, and the function that makes a model of their values.</summary>
/// <param name="summary">What it is about, for the reference.</param>
/// <param name="settings">Its keys.</param>
/// <param name="build">Called when everything that has no default is there.</param>
/// <param name="shorthand">The key that a single value in place of the mapping sets.</param>
internal sealed class Section<T>(
    string summary, ImmutableArray<Setting> settings, Func<SectionValues, T> build, Setting? shorthand = null)
    : ValueKind<T>
{
    public override string Label =>
        shorthand is null ? "a mapping" : $"a mapping, or just its `{shorthand.Name}`";

    public override string Example
    {
        get
        {
            var required = settings.Where(setting => setting.IsRequired);
            var inside = required.Select(setting => $"{setting.Name}: {setting.Kind.Example}");
            return $"{{ {string.Join(", ", inside)} }}";
        }
    }

    public override SectionOutline Outline => new(summary, settings, shorthand);

    public override JsonShape Shape { get; init; } = new JsonShape.Keys(new(summary, settings, shorthand));

    public override bool TryRead(Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!TryGetEntries(reading, out var entries))
        {
            reading.ReportShape(this);
            return false;
        }

        var values = new SectionValues(reading);
        var seen = new SeenKeys(reading);
        var present = new HashSet<Setting>();
        foreach (var entry in entries.Where(seen.TryAdd))
        {
            if (settings.FirstOrDefault(setting => setting.Name == entry.Key) is { } setting)
            {
                present.Add(setting);
                setting.Read(reading.At(entry.Value, entry.Key), values);
            }
            else
            {
                ReportUnknown(reading, entry);
            }
        }

        foreach (var setting in settings.Where(setting => !present.Contains(setting)))
        {
            setting.ReadAbsent(reading, values);
        }

        if (values.IsComplete)
        {
            value = build(values);
        }

        return values.IsComplete;
    }

    public override string Write(T value) => "…";

    private bool TryGetEntries(Reading reading, out ImmutableArray<ConfigurationEntry> entries)
    {
        entries = reading.Node switch
        {
            ConfigurationNode.Mapping mapping => mapping.Entries,
            ConfigurationNode.Scalar { IsNothing: true } => [],
            ConfigurationNode.Scalar scalar when shorthand is not null =>
                [new ConfigurationEntry(shorthand.Name, scalar.Place, scalar)],
            _ => default,
        };
        return !entries.IsDefault;
    }

    private void ReportUnknown(Reading reading, ConfigurationEntry entry)
    {
        var names = settings.Select(setting => setting.Name).ToArray();
        var fix = Spelling.Nearest(entry.Key, names) is { } near
            ? $"Did you mean '{near}'?"
            : $"Remove it; known here: {string.Join(", ", names)}.";
        reading.Context.Report(new Finding(
            FindingRules.UnknownKey, entry.KeyPlace, reading.Path,
            $"there is no key {Reading.Quote(entry.Key)}", fix));
    }
}
