using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Farspan.LabRun;

/// <summary>Debian's coturn as a TURN server (RFC 8656) on loopback.</summary>
internal static class TurnProcess
{
    private const string Program = "turnserver";
    private const string Realm = "farspan-lab";

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(50);

    /// <exception cref="LabException">It is not installed or does not come up.</exception>
    public static async Task<LabProcess> StartAsync(
        LabFolder folder, int port, string user, string password, CancellationToken stop)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!paths.Any(path => File.Exists(Path.Combine(path, Program))))
        {
            throw new LabException("--turn needs coturn, which is not installed: apt-get install coturn");
        }

        folder.Write(folder.TurnConfigurationFile, Configuration(folder, port, user, password));
        var start = new ProcessStartInfo(Program, ["-c", folder.TurnConfigurationFile]);
        var server = LabProcess.Start("the TURN server", folder.LogOf("turn"), start);
        await WaitUntilListeningAsync(server, port, stop).ConfigureAwait(false);
        return server;
    }

    private static string Configuration(LabFolder folder, int port, string user, string password) =>
        $"""
        listening-ip=127.0.0.1
        relay-ip=127.0.0.1
        listening-port={port}
        lt-cred-mech
        user={user}:{password}
        realm={Realm}
        allow-loopback-peers
        no-cli
        verbose
        no-tls
        no-dtls
        log-file=stdout
        pidfile={folder.TurnConfigurationFile}.pid

        """;

    private static async Task WaitUntilListeningAsync(LabProcess server, int port, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await IsListeningAsync(port, stop).ConfigureAwait(false))
        {
            if (server.Exited.IsCompleted || Stopwatch.GetElapsedTime(started) > LabLimits.StartPatience)
            {
                var explanation = server.Explain();
                await server.DisposeAsync().ConfigureAwait(false);
                throw new LabException($"the TURN server does not listen at port {port}.{explanation}");
            }

            await Task.Delay(ProbeInterval, stop).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsListeningAsync(int port, CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stop).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
