using System.Net;
using System.Text.RegularExpressions;

namespace Farspan.Interop.Tests;

/// <summary>coturn with one user of long-term credentials (RFC 8489 §9.2).</summary>
internal sealed partial class TurnServerProcess : IAsyncDisposable
{
    private const string User = "caller";
    private const string Password = "a-password-of-this-test";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private readonly ScratchFolder _folder = new();
    private readonly ChildProcess _process;
    private readonly string _transport;
    private readonly IPAddress _address;
    private readonly int _port = FreePorts.Udp();

    /// <param name="transport">udp or tcp: how clients reach it; the other one is closed.</param>
    /// <param name="address">Where it listens and relays.</param>
    public TurnServerProcess(string transport, IPAddress address)
    {
        _transport = transport;
        _address = address;
        _process = ChildProcess.Start(
            Programs.Find(Programs.TurnServer)!,
            [
                "-n", "--no-cli", "--no-tls", "--no-dtls", transport == "udp" ? "--no-tcp" : "--no-udp",
                "--listening-ip", $"{address}", "--relay-ip", $"{address}", "--listening-port", $"{_port}",
                "--realm", "farspan.test", "--lt-cred-mech", "--user", $"{User}:{Password}",
                "--allow-loopback-peers", "--log-file", "stdout", "--simple-log", "--verbose",
                "--pidfile", _folder.File("pid"), "--userdb", _folder.File("users"),
            ],
            _folder.Path);
    }

    /// <summary>The emulator's setting that makes JOIN_ACK name this server.</summary>
    public string EmulatorSetting => $$"""
        {"signaling":{"turn":{"uris":["turn:{{_address}}:{{_port}}?transport={{_transport}}"],
                              "username":"{{User}}","password":"{{Password}}"} } }
        """;

    public Task StartsAsync() => _process.LineAsync(
        line => line.Contains("listener opened on", StringComparison.OrdinalIgnoreCase), Soon);

    /// <summary>Packets that it relayed to peers and from them, as it says when an allocation ends.</summary>
    public async Task<(long FromPeers, long ToPeers)> RelayedAsync()
    {
        var match = UsagePattern().Match(await _process.LineAsync(SaysUsage, Soon));
        return (long.Parse(match.Groups[1].Value), long.Parse(match.Groups[2].Value));
    }

    private static bool SaysUsage(string line) =>
        UsagePattern().Match(line) is { Success: true } usage && usage.Groups[1].Value != "0";

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex(@"peer usage:.* rp=(\d+), rb=\d+, sp=(\d+)")]
    private static partial Regex UsagePattern();
}
