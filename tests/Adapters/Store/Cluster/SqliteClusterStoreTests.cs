using System.Text;
using Microsoft.Data.Sqlite;
using static Farspan.Store.Tests.StoreSamples;

namespace Farspan.Store.Tests;

public sealed class SqliteClusterStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-store").FullName;

    private string FilePath => Path.Combine(_folder, "deep", "store.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheFiles_AreForTheirOwnerOnly()
    {
        await using var store = await OpenAsync();
        await store.WriteAsync(new StoreBatch { Rows = [Record("c", 1, "x")] }, default).ValueAsync();

        var files = Directory.GetFiles(Path.GetDirectoryName(FilePath)!);
        Assert.Equal(3, files.Length); // The database, its log and the log's index.
        Assert.All(files, f => Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    [Fact]
    public async Task AFullDisk_IsAnAnswerAndNothingIsHalfWritten()
    {
        await using var store = await OpenAsync(new SqliteStoreSettings(FilePath) { PagesMax = 40 });
        var large = new string('x', 60_000);
        StoreFaultKind? fault = null;
        var written = 0;
        while (fault is null)
        {
            var batch = new StoreBatch { Rows = [Record($"{written}", 1, large), Record($"{written}", 2, large)] };
            fault = await store.WriteAsync(batch, default).FaultAsync();
            written += fault is null ? 2 : 0;
        }

        Assert.Equal(StoreFaultKind.DiskFull, fault);
        var rows = await store.ReadRowsAsync(0, 100, default).ValueAsync();
        Assert.Equal(written, rows.Rows.Length);
    }

    [Fact]
    public async Task ALockedFile_IsAnAnswerAndWorksAfterwards()
    {
        await using var store = await OpenAsync();
        using (var other = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            var fault = await store.WriteAsync(new StoreBatch { Rows = [Record("c", 1, "")] }, default).FaultAsync();
            Assert.Equal(StoreFaultKind.Busy, fault);
        }

        await store.WriteAsync(new StoreBatch { Rows = [Record("c", 1, "")] }, default).ValueAsync();
    }

    [Fact]
    public async Task AFileThatIsNoDatabase_IsDamaged()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        await File.WriteAllBytesAsync(FilePath, Encoding.ASCII.GetBytes(new string('?', 8_192)));
        await using var store = new SqliteClusterStore(new SqliteStoreSettings(FilePath));

        Assert.Equal(StoreFaultKind.Damaged, await store.PrepareAsync(default).FaultAsync());
    }

    [Fact]
    public async Task AFolderInItsPlace_IsUnreachable()
    {
        Directory.CreateDirectory(FilePath);
        await using var store = new SqliteClusterStore(new SqliteStoreSettings(FilePath));

        Assert.Contains(
            await store.PrepareAsync(default).FaultAsync(),
            new StoreFaultKind?[] { StoreFaultKind.Unreachable, StoreFaultKind.Denied });
    }

    private Task<SqliteClusterStore> OpenAsync() => OpenAsync(new SqliteStoreSettings(FilePath));

    private static async Task<SqliteClusterStore> OpenAsync(SqliteStoreSettings settings)
    {
        var store = new SqliteClusterStore(settings);
        await store.PrepareAsync(default).ValueAsync();
        return store;
    }
}
