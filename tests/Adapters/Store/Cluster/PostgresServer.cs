using System.Collections.Concurrent;
using System.Diagnostics;
using Farspan.Kernel;
using Npgsql;

namespace Farspan.Store.Tests;

/// <summary>
/// A PostgreSQL of the test's own: in a private folder, on a socket in it, run by a user without privileges.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string ReadyLine = "database system is ready to accept connections";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-postgres").FullName;
    private Process? _process;
    private int _databases;

    public PostgresServer()
    {
        if (Absence is null)
        {
            if (Environment.IsPrivilegedProcess)
            {
                RunToEnd(Process.Start("chown", ["postgres", _folder]));
            }

            File.WriteAllText(Path.Combine(_folder, "password"), Password);
            RunToEnd(Start(
                "initdb", "-D", Data, "-U", "farspan", "--no-sync", "-A", "scram-sha-256",
                $"--pwfile={Path.Combine(_folder, "password")}"));
            Begin();
        }
    }

    /// <summary>Why it cannot be had here; null if it can.</summary>
    public static string? Absence { get; } = Program("postgres") is null || Program("initdb") is null
        ? "NOT RUN: postgresql is not installed; see eng/install-test-packages."
        : null;

    private static string Password => "of-this-test-only";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Creates a database and returns where it is.</summary>
    public PostgresStoreSettings CreateDatabase()
    {
        var name = $"store{Interlocked.Increment(ref _databases)}";
        using var connection = new NpgsqlConnection(ConnectionString("postgres", Password));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        command.ExecuteNonQuery();
        return Settings(name, Password);
    }

    public PostgresStoreSettings Settings(string database, string password) =>
        new(new Redacted<string>(ConnectionString(database, password)));

    /// <summary>Ends it as a crash would, and starts it again.</summary>
    public void Restart()
    {
        End("-QUIT");
        Begin();
    }

    public void End(string signal)
    {
        RunToEnd(Process.Start("/bin/kill", [signal, $"{_process!.Id}"]));
        Assert.True(_process.WaitForExit(Patience));
        _process.Dispose();
        _process = null;
    }

    public void Begin()
    {
        var ready = new TaskCompletionSource();
        var said = new ConcurrentQueue<string?>();
        _process = Start(
            "postgres", "-D", Data, "-k", _folder, "-c", "listen_addresses=", "-c", "fsync=off");
        _process.ErrorDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data);
            if (line.Data?.Contains(ReadyLine, StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        _process.BeginErrorReadLine();
        if (Task.WaitAny([ready.Task, _process.WaitForExitAsync()], Patience) != 0)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"PostgreSQL did not start:\n{string.Join('\n', said)}");
        }
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            End("-INT");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? Program(string name) =>
        !Directory.Exists("/usr/lib/postgresql")
            ? null
            : Directory.GetDirectories("/usr/lib/postgresql")
                .OrderDescending(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin", name))
                .FirstOrDefault(File.Exists);

    // PostgreSQL refuses to be run by root.
    private static Process Start(string program, params string[] arguments)
    {
        string[] prefix = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", Program(program)!]
            : [Program(program)!];
        var start = new ProcessStartInfo(prefix[0], [.. prefix[1..], .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        return Process.Start(start)!;
    }

    private static void RunToEnd(Process process)
    {
        using (process)
        {
            if (process.StartInfo.RedirectStandardError)
            {
                process.BeginErrorReadLine();
                process.BeginOutputReadLine();
            }

            Assert.True(process.WaitForExit(Patience));
            Assert.Equal(0, process.ExitCode);
        }
    }

    private string ConnectionString(string database, string password) =>
        $"Host={_folder};Username=farspan;Password={password};Database={database};Pooling=false";
}

/// <summary>The classes that share the server: it is started once.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}

/// <summary>A fact about PostgreSQL; skipped, and seen to be, where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Absence;
}
