using System.Buffers;

namespace Farspan.Cluster;

/// <summary>
/// Says what may name a cluster, a region or a node: a label of a host name in lower case
/// (RFC 1035 §2.3.1, with the leading digit that RFC 1123 §2.1 allows).
/// </summary>
public static class ClusterName
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= ClusterLimits.NameCharactersMax }
        && !name.AsSpan().ContainsAnyExcept(Allowed)
        && name[0] != '-'
        && name[^1] != '-';
}
