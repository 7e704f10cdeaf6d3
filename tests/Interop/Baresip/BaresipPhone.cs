using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Farspan.Tones;

namespace Farspan.Interop.Tests;

/// <summary>
/// baresip without a person: it plays our tones from a file, writes what it hears into another, and is told
/// what to do over its TCP control (JSON in netstrings).
/// </summary>
internal sealed class BaresipPhone : IAsyncDisposable
{
    private const int PlayedPeriods = 60;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private readonly BaresipSettings _settings;
    private readonly ScratchFolder _folder = new();
    private readonly ChildProcess _process;
    private readonly int _controlPort = FreePorts.Tcp();
    private readonly StringBuilder _events = new();
    private readonly CancellationTokenSource _end = new();
    private TcpClient? _control;
    private Task _reading = Task.CompletedTask;

    public BaresipPhone(BaresipSettings settings)
    {
        _settings = settings;
        var period = LabTones.CreateSequence(settings.Code, settings.SampleRateHz);
        var tones = Enumerable.Repeat(period, PlayedPeriods).SelectMany(each => each).ToArray();
        WavFile.Write(_folder.File("said.wav"), tones, settings.SampleRateHz, settings.Channels);
        _folder.Write("config", Configuration());
        _folder.Write("accounts", Account());
        _folder.Write("contacts", "");
        _process = ChildProcess.Start(Programs.Find(Programs.Baresip)!, ["-4", "-s", "-f", _folder.Path]);
    }

    /// <summary>What it did and traced.</summary>
    public string State => $"{_process.Output}\n{_events}";

    public async Task DialAsync(string uri)
    {
        await _process.LineAsync(line => line.Contains("baresip is ready", StringComparison.Ordinal), Soon);
        _control = new TcpClient();
        await _control.ConnectAsync(IPAddress.Loopback, _controlPort);
        _reading = ReadEventsAsync(_control.GetStream());
        await TellAsync("dial", uri);
        await HappensAsync("CALL_ESTABLISHED");
    }

    public Task PressAsync(char key) => TellAsync("sndcode", $"{key}");

    public async Task HangUpAsync()
    {
        await TellAsync("hangup", "");
        await HappensAsync("CALL_CLOSED");
    }

    /// <summary>Waits until a code is in the file of what it heard.</summary>
    public Task HearsAsync(int code, TimeSpan within)
    {
        int[] heard = [];
        return Eventually.TrueAsync(
            () => (heard = Heard()).Contains(code), within,
            () => $"{_settings} hears {code}, not [{string.Join(' ', heard)}]\n{State}");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _end.CancelAsync();
        await _reading;
        _control?.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }

    private int[] Heard()
    {
        var file = Directory.GetFiles(_folder.Path, "dump-*-dec.wav").SingleOrDefault();
        if (file is null)
        {
            return [];
        }

        var ear = new Ear(_settings.SampleRateHz);
        ear.Accept(WavFile.ReadFirstChannel(file, _settings.Channels));
        return [.. ear.Codes];
    }

    private Task HappensAsync(string type) => Eventually.TrueAsync(
        () =>
        {
            lock (_events)
            {
                return _events.ToString().Contains($"\"type\":\"{type}\"", StringComparison.Ordinal);
            }
        },
        Soon,
        () => $"{type} of {_settings}\n{State}");

    private async Task TellAsync(string command, string parameters)
    {
        var told = new { command, @params = parameters, token = command };
        var json = JsonSerializer.SerializeToUtf8Bytes(told);
        var netstring = (byte[])[.. Encoding.ASCII.GetBytes($"{json.Length}:"), .. json, (byte)','];
        await _control!.GetStream().WriteAsync(netstring);
    }

    private async Task ReadEventsAsync(NetworkStream stream)
    {
        var buffer = new byte[8_192];
        try
        {
            while (await stream.ReadAsync(buffer, _end.Token) is > 0 and var bytes)
            {
                lock (_events)
                {
                    _events.Append(Encoding.UTF8.GetString(buffer, 0, bytes));
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The phone is put away.
        }
    }

    private string Account() =>
        $"<sip:{_settings.Number}@127.0.0.1;transport={_settings.Transport}>;regint=0"
        + $";audio_codecs={_settings.Codec}"
        + (_settings.MediaEncryption.Length > 0 ? $";mediaenc={_settings.MediaEncryption}" : "")
        + "\n";

    private string Configuration() => $"""
        poll_method epoll
        sip_listen 127.0.0.1:{FreePorts.Udp()}
        audio_source aufile,{_folder.File("said.wav")}
        audio_player aubridge,ear
        audio_alert aubridge,ear
        audio_level no
        snd_path {_folder.Path}
        module_path {ModulePath()}
        module g711.so
        module g722.so
        module opus.so
        module srtp.so
        module aufile.so
        module aubridge.so
        module sndfile.so
        module_tmp uuid.so
        module_tmp account.so
        module_app menu.so
        module_app ctrl_tcp.so
        ctrl_tcp_listen 127.0.0.1:{_controlPort}

        """;

    private static string ModulePath() =>
        new[] { "/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules" }
            .First(Directory.Exists);
}
