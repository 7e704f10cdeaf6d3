namespace Farspan.Amazon;

/// <summary>
/// The shared config and credentials files of AWS's tools: sections of <c>name = value</c>.
/// </summary>
internal sealed class ProfileFile
{
    private readonly Dictionary<string, Dictionary<string, string>> _sections = new(StringComparer.Ordinal);

    /// <summary>Reads both files; where both have a setting, the credentials file counts.</summary>
    public static ProfileFile Load(AwsEnvironment environment)
    {
        var file = new ProfileFile();
        file.Read(AwsEnvironment.ReadFile(environment.ConfigFile) ?? "");
        file.Read(AwsEnvironment.ReadFile(environment.CredentialsFile) ?? "");
        return file;
    }

    /// <summary>The settings of a profile; null if neither file has it.</summary>
    public IReadOnlyDictionary<string, string>? Find(string profile) => _sections.GetValueOrDefault(profile);

    private void Read(string text)
    {
        Dictionary<string, string>? section = null;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd();
            if (line.StartsWith('['))
            {
                section = Section(line.Trim('[', ']', ' '));
            }
            else if (section is not null && line is [not (' ' or '\t' or '#' or ';'), ..]
                && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
            {
                section[name] = value; // Indented lines are nested settings of other services.
            }
        }
    }

    /// <summary>The config file writes <c>[profile x]</c>, the credentials file <c>[x]</c>.</summary>
    private Dictionary<string, string> Section(string header)
    {
        const string prefix = "profile ";
        var name = header.StartsWith(prefix, StringComparison.Ordinal)
            ? header[prefix.Length..].Trim()
            : header;
        if (!_sections.TryGetValue(name, out var section))
        {
            _sections.Add(name, section = new Dictionary<string, string>(StringComparer.Ordinal));
        }

        return section;
    }
}
