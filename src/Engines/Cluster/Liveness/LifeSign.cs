namespace Farspan.Cluster;

/// <summary>
/// What a node tells each peer that it shares calls with, many times a second: that it lives, and what it can take
/// (decision 0015).
/// </summary>
public sealed record LifeSign
{
    public required string Node { get; init; }

    /// <summary>Tells the starts of a node apart.</summary>
    public required string Boot { get; init; }

    /// <summary>When the process began, by its own wall clock: of two starts the later one counts.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Counts the signs of one start: an earlier one says nothing any more.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>Calls that it carries.</summary>
    public int Calls { get; init; }

    /// <summary>Calls that it can carry.</summary>
    public int CallsMax { get; init; }

    /// <summary>Whether it takes no new calls.</summary>
    public bool IsDraining { get; init; }

    /// <summary>Contacts that its instances of Amazon Connect still allow; null if it has none.</summary>
    public int? QuotaLeft { get; init; }
}
