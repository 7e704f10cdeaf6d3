namespace Farspan.Topology;

/// <summary>
/// Makes the model of a configuration: every key checked, every default filled in, every reference followed.
/// Collects all findings instead of stopping at the first.
/// </summary>
public static class ConfigurationLoader
{
    /// <param name="root">What is written; null for an empty file.</param>
    /// <param name="file">The file's name, as findings show it; relative paths in it start at its
    /// folder.</param>
    /// <param name="nodeRegion">Where the node is that reads it, whatever the file says; null: as it
    /// says.</param>
    public static ConfigurationOutcome Load(ConfigurationNode? root, string file, string? nodeRegion = null)
    {
        var place = new ConfigurationPlace(file, 1, 1);
        var context = new LoadContext(Path.GetDirectoryName(file) ?? "") { NodeRegion = nodeRegion };
        var reading = new Reading(root ?? new ConfigurationNode.Mapping(place, []), "", context);
        var isRead = FarspanSchema.Section.TryRead(reading, out var model);
        context.ResolveReferences();
        return new ConfigurationOutcome(isRead && !context.HasErrors ? model : null, context.Findings);
    }
}
