using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Makes the sections of the network: they keep what is written, and derive nothing yet.</summary>
internal static class WrittenSection
{
    public static Section<Written> Of(string summary, params ImmutableArray<Setting> settings) =>
        new(summary, settings, values => new Written(values));

    /// <summary>A section whose one value may stand in its place.</summary>
    public static Section<Written> WithShorthand(
        Setting shorthand, string summary, params ImmutableArray<Setting> settings) =>
        new(summary, settings, values => new Written(values), shorthand);

    /// <summary>A section that may be left out.</summary>
    public static Setting<Written> Optional(string name, Section<Written> section, string absence) =>
        Setting.Optional(name, section, absence, section.Outline.Summary);
}
