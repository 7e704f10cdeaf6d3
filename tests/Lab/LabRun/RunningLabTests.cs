using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Farspan.LabRun.Tests;

public sealed class RunningLabTests : IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-test-").FullName;

    public void Dispose()
    {
        _patience.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_port_that_is_taken_is_passed_over_and_told()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        TryBind(holder, LabPorts.Usual.Sip);

        var ports = LabPorts.Find();

        Assert.NotEqual(LabPorts.Usual.Sip, ports.Sip);
        Assert.NotEqual(ports.Sip, ports.SipTls);
        Assert.Contains(ports.Moves, move => move.Contains($"{ports.Sip}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_child_that_ends_early_is_explained_by_the_end_of_its_log()
    {
        var fault = await Assert.ThrowsAsync<LabException>(() =>
            RunningLab.StartAsync(new LabOptions(), Script("echo starting; echo no such file >&2; exit 3"), _patience.Token));

        Assert.Contains("the emulator ended before it was ready", fault.Message, StringComparison.Ordinal);
        Assert.Contains("| no such file", fault.Message, StringComparison.Ordinal);
        DeleteKeptFolder(fault.Message);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        var program = new LabProgram(Path.Combine(_folder, "missing"), []);

        var fault = await Assert.ThrowsAsync<LabException>(() =>
            RunningLab.StartAsync(new LabOptions(), program, _patience.Token));

        Assert.Contains("missing", fault.Message, StringComparison.Ordinal);
        DeleteKeptFolder(fault.Message);
    }

    [Fact]
    public async Task Children_that_are_ready_make_a_lab_and_end_with_it()
    {
        var ids = Path.Combine(_folder, "ids");
        var lab = await RunningLab.StartAsync(
            new LabOptions(),
            Script($"echo $$ >> {ids}; echo \"{{}}\"; trap 'exit 0' TERM; while :; do sleep 0.05; done"),
            _patience.Token);
        var children = File.ReadAllLines(ids).Select(int.Parse).ToArray();
        Assert.Equal(2, children.Length);
        Assert.All(children, id => Assert.True(IsAlive(id)));
        Assert.False(lab.Broken.IsCompleted);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(lab.Addresses.AdminPasswordFile));

        await lab.DisposeAsync();

        Assert.All(children, id => Assert.False(IsAlive(id)));
        Assert.False(Directory.Exists(lab.Addresses.Folder));
    }

    [Fact]
    public async Task A_child_that_dies_breaks_the_lab()
    {
        var ids = Path.Combine(_folder, "ids");
        await using var lab = await RunningLab.StartAsync(
            new LabOptions(),
            Script($"echo $$ >> {ids}; echo \"{{}}\"; while :; do sleep 0.05; done"),
            _patience.Token);

        using var child = Process.GetProcessById(int.Parse(File.ReadAllLines(ids)[1]));
        child.Kill();

        Assert.Contains("connector.log", await lab.Broken.WaitAsync(_patience.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_ignores_SIGTERM_is_killed()
    {
        var ids = Path.Combine(_folder, "ids");
        var lab = await RunningLab.StartAsync(
            new LabOptions(),
            Script($"trap '' TERM; echo $$ >> {ids}; echo \"{{}}\"; while :; do sleep 0.05; done"),
            _patience.Token);
        var children = File.ReadAllLines(ids).Select(int.Parse).ToArray();

        await lab.DisposeAsync();

        Assert.All(children, id => Assert.False(IsAlive(id)));
    }

    private static LabProgram Script(string script) => new("/bin/sh", ["-c", script, "sh"]);

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // The port may be somebody else's already: then it is taken all the same.
    private static void TryBind(Socket socket, int port)
    {
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException fault)
        {
            Assert.Equal(SocketError.AddressAlreadyInUse, fault.SocketErrorCode);
        }
    }

    private static void DeleteKeptFolder(string message)
    {
        var start = message.IndexOf("Its log, ", StringComparison.Ordinal) + "Its log, ".Length;
        var log = message[start..message.IndexOf(", ends", StringComparison.Ordinal)];
        Directory.Delete(Path.GetDirectoryName(log)!, recursive: true);
    }
}
