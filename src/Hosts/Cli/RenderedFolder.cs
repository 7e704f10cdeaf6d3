using Farspan.Render;

namespace Farspan.Cli;

/// <summary>
/// A folder that is rendered again and again: files that have not changed are left alone, files of an earlier rendering
/// that are no more are removed, everything else in it is somebody's own.
/// </summary>
internal static class RenderedFolder
{
    /// <summary>The list of what was written, by which the next rendering knows what is its own.</summary>
    private const string Manifest = ".farspan-rendered";

    /// <summary>Writes the files; returns a line for each change.</summary>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyCollection<RenderedFile> files)
    {
        Directory.CreateDirectory(folder);
        var manifest = Path.Combine(folder, Manifest);
        var before = File.Exists(manifest) ? File.ReadAllLines(manifest) : [];
        var changes = new List<string>();
        foreach (var file in files)
        {
            WriteIfChanged(Path.Combine(folder, file.Path), file, changes);
        }

        foreach (var stale in before.Except(files.Select(f => f.Path)).Where(p => IsInside(folder, p)))
        {
            File.Delete(Path.Combine(folder, stale));
            changes.Add($"removed {stale}");
        }

        File.WriteAllText(manifest, string.Concat(files.Select(f => f.Path + "\n")));
        return changes;
    }

    private static void WriteIfChanged(string path, RenderedFile file, List<string> changes)
    {
        var isThere = File.Exists(path);
        if (isThere && File.ReadAllText(path) == file.Text)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, file.Text);
        changes.Add($"{(isThere ? "changed" : "new")} {file.Path}");
    }

    /// <summary>A list that somebody has edited must not lead elsewhere.</summary>
    private static bool IsInside(string folder, string path)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(root, StringComparison.Ordinal) && File.Exists(full);
    }
}
