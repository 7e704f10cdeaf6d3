using Farspan.Topology;

namespace Farspan.Configuration;

/// <summary>A configuration on disk.</summary>
public static class ConfigurationFile
{
    /// <summary>
    /// Reads and checks the file; whatever is wrong, with the file itself too, is among the findings.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="nodeRegion">Where the node is that reads it; null: as the file says.</param>
    public static ConfigurationOutcome Load(string path, string? nodeRegion = null)
    {
        if (!TryRead(path, out var content, out var fault))
        {
            return new ConfigurationOutcome(null,
            [
                new Finding(
                    FindingRules.Unreadable, ConfigurationPlace.Whole(path), "", fault,
                    "Check the path and its permissions."),
            ]);
        }

        return Load(content, path, nodeRegion);
    }

    /// <summary>The same for bytes that are already there.</summary>
    /// <param name="content">The file's content.</param>
    /// <param name="path">Its name; relative paths inside start at its folder.</param>
    /// <param name="nodeRegion">Where the node is that reads it; null: as the file says.</param>
    public static ConfigurationOutcome Load(
        ReadOnlySpan<byte> content, string path, string? nodeRegion = null)
    {
        var yaml = YamlConfigurationReader.Read(content, path);
        return yaml.Findings.Length > 0
            ? new ConfigurationOutcome(null, yaml.Findings)
            : ConfigurationLoader.Load(yaml.Root, path, nodeRegion);
    }

    /// <summary>
    /// Reads one byte more than is allowed at most, so that a device without end is noticed.
    /// </summary>
    private static bool TryRead(string path, out byte[] content, out string fault)
    {
        content = [];
        fault = "";
        try
        {
            using var file = File.OpenRead(path);
            using var copy = new MemoryStream();
            var buffer = new byte[81_920];
            while (copy.Length <= TopologyLimits.FileBytesMax && file.Read(buffer) is > 0 and var count)
            {
                copy.Write(buffer, 0, count);
            }

            content = copy.ToArray();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            fault = error is FileNotFoundException or DirectoryNotFoundException
                ? "the file does not exist"
                : $"the file cannot be read: {error.Message.TrimEnd('.')}";
            return false;
        }
    }
}
