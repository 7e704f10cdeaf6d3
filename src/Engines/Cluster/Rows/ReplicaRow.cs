using System.Text;

namespace Farspan.Cluster;

/// <summary>
/// Something that every store keeps a copy of: of all contents of a key the one with the highest version
/// stays.
/// </summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Key">Unique within the kind.</param>
/// <param name="Version">A higher one replaces a lower one; an equal one changes nothing.</param>
/// <param name="Payload">Opaque here.</param>
/// <param name="ExpiresAt">From when on it may be dropped, everywhere.</param>
public sealed record ReplicaRow(
    RowKind Kind, string Key, RowVersion Version, ReadOnlyMemory<byte> Payload, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether it is what a store keeps where it has both.</summary>
    public bool Supersedes(ReplicaRow other) => Version.IsAfter(other.Version);

    /// <summary>Looks at what a stranger could have made of it.</summary>
    public bool IsWellFormed() =>
        Enum.IsDefined(Kind)
        && Key is { Length: > 0 and <= ClusterLimits.RowKeyCharactersMax }
        && ClusterText.IsStorable(Key)
        && Version.Number >= 0
        && Version.Issue >= 0
        && Version.Node is { Length: <= ClusterLimits.WriterCharactersMax }
        && Ascii.IsValid(Version.Node)
        && !Version.Node.Contains('\0')
        && Payload.Length <= ClusterLimits.RowBytesMax;
}
