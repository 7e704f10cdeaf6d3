using Farspan.Kernel;

namespace Farspan.Store;

/// <summary>Where the database of a region is.</summary>
/// <param name="ConnectionString">As Npgsql takes it; it may hold a password.</param>
public sealed record PostgresStoreSettings(Redacted<string> ConnectionString)
{
    /// <summary>How long to wait for a connection.</summary>
    public TimeSpan ConnectMax { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long to wait for the answer to a command.</summary>
    public TimeSpan CommandMax { get; init; } = TimeSpan.FromSeconds(5);
}
