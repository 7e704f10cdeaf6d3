namespace Farspan.Store;

/// <summary>The limits of a <see cref="JournalFile"/>.</summary>
public sealed record JournalSettings
{
    /// <summary>A longer file is rewritten with what is still open: some 50,000 entries.</summary>
    public long CompactAboveBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// What is read at start; what follows in a larger file, which we never write, is not looked at.
    /// </summary>
    public int ReadBytesMax { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Entries and waiting actions that may wait for the disk; more are treated as a failing disk.
    /// </summary>
    public int QueueMax { get; init; } = 16_384;

    /// <summary>After a failed write, how long until the next attempt.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an intent whose contact never became known is worth replaying.</summary>
    /// <remarks>
    /// A later start with the same ClientToken would begin a new contact. The hour is for the repeats of a
    /// replay, and for clocks that differ.
    /// </remarks>
    public TimeSpan IntentLifetime { get; init; } =
        Calls.ConnectLimits.ClientTokenLifetime - TimeSpan.FromHours(1);
}
