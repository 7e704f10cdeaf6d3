using System.Net;

namespace Farspan.Interop.Tests;

/// <summary>One run of SIPp: a scenario, once for each phone.</summary>
internal sealed class SippProcess : IAsyncDisposable
{
    private static readonly TimeSpan HangsUpWithin = TimeSpan.FromSeconds(3);

    private readonly ScratchFolder _folder = new();
    private readonly SippCalls _calls = new();
    private readonly ChildProcess _process;

    public SippProcess(SippRun run, LabAddresses lab)
    {
        var callers = run.Phones.Select(phone =>
            $"{phone.Settings.Number};{phone.Port};{phone.Settings.PayloadType};{phone.Settings.RtpMap}");
        var injection = _folder.Write("callers.csv", string.Join('\n', ["SEQUENTIAL", .. callers, ""]));
        string[] control = run.IsControlled ? ["-3pcc", _calls.Address] : [];
        _process = ChildProcess.Start(
            Programs.Find(Programs.Sipp)!,
            [
                $"{lab.Sip}", "-sf", SippScenario.PathOf(run.Scenario), "-s", run.Called ?? lab.Number,
                "-i", "127.0.0.1", "-p", $"{FreePort(run.Transport)}", "-t", run.Transport,
                "-m", $"{run.Phones.Count}", "-r", $"{run.CallsPerSecond}", "-l", $"{run.Phones.Count}",
                "-inf", injection, "-nostdin", "-trace_err", "-error_file", _folder.File("errors.log"),
                "-trace_msg", "-message_file", _folder.File("messages.log"), .. control,
            ],
            _folder.Path);
    }

    /// <summary>SIPp's own view of the calls, and the end of what went over the wire.</summary>
    public string State => string.Join('\n', [Tail("errors.log"), Tail("messages.log")]);

    public Task<SippNotice> NoticeAsync(RtpPhone phone, string happened, TimeSpan within) =>
        _calls.NoticeAsync(phone.Settings.Number, happened, within, () => State);

    public Task GoOnAsync(SippNotice notice) => _calls.GoOnAsync(notice);

    /// <summary>Waits for SIPp's end; its exit code is 0 if every call went as the scenario says.</summary>
    public async Task SucceedsAsync(TimeSpan within) =>
        Assert.True(await _process.EndAsync(within) == 0, State);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // A test that failed must not leave its calls to the next one.
            await _calls.ReleaseAllAsync();
            await _process.EndsAsync(HangsUpWithin);
        }

        await _process.DisposeAsync();
        await _calls.DisposeAsync();
        _folder.Dispose();
    }

    private static int FreePort(string transport) => transport[0] == 'u' ? FreePorts.Udp() : FreePorts.Tcp();

    private string Tail(string file) => File.Exists(_folder.File(file))
        ? string.Join('\n', File.ReadLines(_folder.File(file)).TakeLast(80))
        : "";
}
