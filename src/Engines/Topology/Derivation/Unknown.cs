namespace Farspan.Topology;

/// <summary>Reports names that lead nowhere and can only be judged when the network is derived.</summary>
internal static class Unknown
{
    public static void Report(
        Written section, Setting setting, string kind, string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var fix = Spelling.Nearest(name, names) is { } near
            ? $"Did you mean '{near}'?"
            : $"Known here: {string.Join(", ", names)}.";
        section.Report(setting, FindingRules.UnknownName, $"there is no {kind} {Reading.Quote(name)}", fix);
    }
}
