using System.Diagnostics.CodeAnalysis;

namespace Farspan.Topology;

/// <summary>The path of a file; a relative one starts at the folder of the configuration.</summary>
internal sealed class FilePathKind(string example) : ValueKind<string>
{
    public override string Label => "a path";

    public override string Example => example;

    public static string Resolve(string path, LoadContext context) => Path.Combine(context.Directory, path);

    public override bool TryRead(Reading reading, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (!reading.TryGetText(this, out var text))
        {
            return false;
        }

        if (text.Any(char.IsControl) || text.Trim().Length == 0)
        {
            reading.Report(FindingRules.BadValue, $"{Reading.Quote(text)} is not a path", Advice);
            return false;
        }

        value = Resolve(text, reading.Context);
        return true;
    }

    public override string Write(string value) => value;
}
