using System.Collections.Immutable;

namespace Farspan.Cluster;

/// <summary>Some of what a store lacks.</summary>
/// <param name="Speaker">
/// Whose log answers, and in which life: the writer id. Pages of one session have the same.
/// </param>
/// <param name="StoreId">Drawn when a store is created: a new one counts its rows anew.</param>
/// <param name="Page">Changes of the configuration.</param>
/// <param name="Rows">In the order in which this store came to know them.</param>
/// <param name="RowsThrough">The position after these rows.</param>
/// <param name="HasMoreRows">Whether there are more after them.</param>
public sealed record PullAnswer(
    string Speaker,
    string StoreId,
    LogPage Page,
    ImmutableArray<ReplicaRow> Rows,
    long RowsThrough,
    bool HasMoreRows)
{
    /// <summary>Whether it says nothing that was not known.</summary>
    public bool IsEmpty => Page.Changes.IsEmpty && Rows.IsEmpty && !Page.HasMore && !HasMoreRows;

    /// <summary>Looks at what a stranger could have made of it, beyond its single changes.</summary>
    public bool IsWellFormed() =>
        Speaker is { Length: > 0 and <= ClusterLimits.WriterCharactersMax }
        && ClusterName.IsValid(StoreId)
        && RowsThrough >= 0
        && Page.Changes.Length <= ClusterLimits.ChangesPerAnswerMax
        && Rows.Length <= ClusterLimits.RowsPerAnswerMax
        && Rows.All(r => r.IsWellFormed())
        && Page.Changes.All(c => c.Check() is null && c.Sequence <= Page.Through[c.Writer]);
}
