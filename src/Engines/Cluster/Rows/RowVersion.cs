namespace Farspan.Cluster;

/// <summary>
/// Orders the contents of a row: by number, then by node, then by the issue within both. For tokens number
/// and node are the epoch, and the issue counts its tokens; for registrations the number is a hybrid
/// timestamp.
/// </summary>
/// <param name="Number">Never negative.</param>
/// <param name="Node">Compared ordinally.</param>
/// <param name="Issue">Never negative.</param>
public readonly record struct RowVersion(long Number, string Node, long Issue)
{
    public bool IsAfter(RowVersion other)
    {
        var order = Number.CompareTo(other.Number);
        order = order != 0 ? order : string.CompareOrdinal(Node, other.Node);
        return (order != 0 ? order : Issue.CompareTo(other.Issue)) > 0;
    }
}
