namespace Farspan.Topology;

/// <summary>The keys of <c>journal</c>.</summary>
internal static class JournalSchema
{
    private static readonly Setting<string> FilePath = Setting.Optional(
        "path", ValueKinds.FilePath("/var/lib/farspan/contacts.journal"),
        "`contacts.journal` in `node.dataDirectory`",
        "The file.");

    /// <summary>The path; null if the file names none.</summary>
    public static Section<JournalPath> Section { get; } = new(
        "The file that remembers open contacts, so that none is left open after a crash.",
        [FilePath],
        values => new JournalPath(values.Find(FilePath)),
        FilePath);

    /// <summary>Where the journal is; null: where the node keeps its data.</summary>
    internal sealed record JournalPath(string? Value);
}
