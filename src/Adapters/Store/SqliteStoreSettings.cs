namespace Farspan.Store;

/// <summary>Where a store of one node is, and its limits.</summary>
/// <param name="Path">The file; it and its folder are created, for their owner alone.</param>
public sealed record SqliteStoreSettings(string Path)
{
    /// <summary>How long to wait for a lock that another process holds.</summary>
    public TimeSpan BusyMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pages of 4 KiB that the file may have: 16 GiB. Beyond, it is a full disk.</summary>
    public int PagesMax { get; init; } = 4 * 1024 * 1024;
}
