namespace Farspan.Cli;

/// <summary>Files that a configuration names, relative to its own folder.</summary>
internal sealed class FlowFolder(string folder)
{
    private const long BytesMax = 1 << 20;
    private readonly List<string> _missing = [];

    /// <summary>What was asked for and could not be read.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public string? Read(string path)
    {
        var file = new FileInfo(Path.Combine(folder, path));
        if (file is { Exists: true, Length: <= BytesMax })
        {
            return File.ReadAllText(file.FullName);
        }

        if (!_missing.Contains(path))
        {
            _missing.Add(path);
        }

        return null;
    }
}
