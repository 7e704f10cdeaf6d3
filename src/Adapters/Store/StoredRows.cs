using System.Collections.Immutable;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>Rows in the order in which a store came to know their present contents.</summary>
/// <param name="Rows">Those after the position that was asked for.</param>
/// <param name="Through">The position after them.</param>
/// <param name="HasMore">Whether there are more.</param>
public sealed record StoredRows(ImmutableArray<ReplicaRow> Rows, long Through, bool HasMore);
