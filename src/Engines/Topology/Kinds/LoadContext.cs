using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// What the reading of one file collects: findings, and the names that are declared and referred to.
/// </summary>
internal sealed class LoadContext(string directory)
{
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<(string Kind, string Name), ConfigurationPlace> _declared = [];
    private readonly List<(string Kind, string Name, Reading Reading)> _references = [];

    /// <summary>Relative paths in the file start here.</summary>
    public string Directory => directory;

    /// <summary>Where the node is that reads the file; null: as the file says.</summary>
    public string? NodeRegion { get; init; }

    /// <summary>In the order of the file; that there are more comes last.</summary>
    public ImmutableArray<Finding> Findings =>
    [
        .. _findings
            .OrderBy(finding => finding.Rule == FindingRules.TooMany)
            .ThenBy(finding => finding.Place.Line)
            .ThenBy(finding => finding.Place.Column),
    ];

    /// <summary>Whether anything so far makes the file unusable.</summary>
    public bool HasErrors => _findings.Exists(finding => finding.Severity == FindingSeverity.Error);

    private bool IsFull => _findings.Count > TopologyLimits.FindingsMax;

    public void Report(Finding finding)
    {
        if (_findings.Count == TopologyLimits.FindingsMax)
        {
            _findings.Add(new Finding(
                FindingRules.TooMany,
                finding.Place,
                "",
                $"only the first {TopologyLimits.FindingsMax} findings are listed",
                "Correct these first."));
        }
        else if (!IsFull)
        {
            _findings.Add(finding);
        }
    }

    /// <summary>
    /// A thing of this kind has this name; false, with a finding, if another one has it already.
    /// </summary>
    public bool Declare(string kind, string name, Reading reading)
    {
        if (_declared.TryAdd((kind, name), reading.Node.Place))
        {
            return true;
        }

        var first = _declared[(kind, name)];
        reading.Report(
            FindingRules.NameTwice,
            $"the {kind} {Reading.Quote(name)} exists already at {first}",
            "Give one of the two another name.");
        return false;
    }

    /// <summary>A thing of this kind and name must exist; checked when the whole file is read.</summary>
    public void Refer(string kind, string name, Reading reading) => _references.Add((kind, name, reading));

    /// <summary>Reports every reference to nothing.</summary>
    public void ResolveReferences()
    {
        foreach (var (kind, name, reading) in _references)
        {
            if (IsFull)
            {
                return;
            }

            if (!_declared.ContainsKey((kind, name)))
            {
                var names = _declared.Keys.Where(key => key.Kind == kind).Select(key => key.Name);
                reading.Report(
                    FindingRules.UnknownName, $"there is no {kind} {Reading.Quote(name)}",
                    Suggest(kind, name, names));
            }
        }
    }

    private static string Suggest(string kind, string name, IEnumerable<string> names) =>
        Spelling.Nearest(name, names.Order(StringComparer.Ordinal)) is { } near
            ? $"Did you mean '{near}'?"
            : $"Write the name of a {kind} of this file.";
}
