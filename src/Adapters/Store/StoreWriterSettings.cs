namespace Farspan.Store;

/// <summary>The limits of a <see cref="StoreWriter"/>.</summary>
public sealed record StoreWriterSettings
{
    /// <summary>
    /// Rows of different keys that may wait; a new one beyond is refused. At 1 KiB each, 32 MiB.
    /// </summary>
    public int RowsMax { get; init; } = 32_768;

    /// <summary>From so many on, other stores are not asked for more.</summary>
    public int BacklogFrom { get; init; } = 8_192;

    /// <summary>Rows in one transaction.</summary>
    public int BatchRowsMax { get; init; } = 512;

    /// <summary>After a first failure; doubles from there.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two attempts.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(5);
}
