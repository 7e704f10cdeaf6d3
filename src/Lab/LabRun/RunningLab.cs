using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.CarrierSimulator;
using Farspan.Sip;

namespace Farspan.LabRun;

/// <summary>
/// A lab that runs: Connect emulator and connector as children of this process, and a simulated carrier in
/// it. Disposing it ends everything.
/// </summary>
/// <remarks>
/// <code>
///   SimulatedCarrier ──SIP, RTP──► farspan connector ──HTTPS, WebSocket, DTLS-SRTP──► farspan emulate connect
///    (this process)                    (child)       [──TURN──► turnserver (child)]        (child)
/// </code>
/// </remarks>
public sealed class RunningLab : IAsyncDisposable
{
    private readonly LabOptions _options;
    private readonly LabPorts _ports;
    private readonly LabFolder _folder = new();
    private readonly List<LabProcess> _processes = [];
    private readonly Lock _lock = new();
    private readonly List<CallReport> _reports = [];
    private readonly Queue<LabEvent> _events = new();
    private X509Certificate2? _certificate;
    private SimulatedCarrier? _carrier;
    private EmulatorClient? _emulator;
    private ConnectorClient? _connector;
    private long _lastEvent;
    private bool _keepsFolder;

    private RunningLab(LabOptions options, LabPorts ports)
    {
        (_options, _ports) = (options, ports);
        Addresses = new LabAddresses
        {
            Sip = $"sip:{LabConfiguration.CalledNumber}@127.0.0.1:{ports.Sip}",
            SipTls = $"sip:{LabConfiguration.CalledNumber}@127.0.0.1:{ports.SipTls};transport=tls",
            AgentPage = $"http://127.0.0.1:{ports.Connect}/",
            Admin = $"https://127.0.0.1:{ports.Admin}/",
            AdminUser = LabConfiguration.AdminUser,
            AdminPasswordFile = _folder.PasswordFile,
            Connect = $"http://127.0.0.1:{ports.Connect}/",
            Metrics = $"http://127.0.0.1:{ports.Metrics}/metrics",
            Folder = _folder.Path,
            Notes = [.. ports.Moves],
        };
    }

    public LabAddresses Addresses { get; }

    /// <summary>Completes when a child has ended, which nobody asked it to; the text says which.</summary>
    public Task<string> Broken { get; private set; } = Task.FromResult("");

    /// <summary>Starts the children and waits until they are ready.</summary>
    /// <exception cref="LabException">One did not come up; nothing is left running.</exception>
    public static async Task<RunningLab> StartAsync(
        LabOptions options, LabProgram program, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var lab = new RunningLab(options, LabPorts.Find());
            try
            {
                await lab.StartChildrenAsync(program, stop).ConfigureAwait(false);
                return lab;
            }
            catch (Exception e)
            {
                var isRepeatable = e is LabException && attempt < LabLimits.StartAttempts;
                lab._keepsFolder = e is LabException && lab._processes.Count > 0;
                await lab.DisposeAsync().ConfigureAwait(false);

                // Another program was quicker with one of the ports that were free a moment ago.
                if (!isRepeatable || lab._ports.AreFree)
                {
                    throw;
                }

                lab._folder.Delete();
            }
        }
    }

    /// <summary>Places the calls of the options, waits until their contacts have ended, and judges.</summary>
    public async Task<LabResult> RunCallsAsync(CancellationToken giveUp)
    {
        var calls = _options.Calls ?? 0;
        var campaign = new CallCampaign(calls, _options.CallsPerSecond, _options.TalkTime);
        using var carrier = new SimulatedCarrier(CarrierSettings());
        _carrier = carrier;
        var reports = await campaign.RunAsync(carrier, Note, giveUp).ConfigureAwait(false);
        var late = Math.Round(carrier.LateTicksPerMille, 1);
        _carrier = null;
        var contacts = await WaitForContactsAsync(reports).ConfigureAwait(false);
        var result = new LabScore(calls, reports, contacts, Addresses).Judge();
        result = result with { CarrierLateTicksPerMille = late };
        _keepsFolder = !result.Passed;
        return result;
    }

    /// <summary>How things are now. One caller at a time.</summary>
    public async Task<LabSnapshot> LookAsync(CancellationToken stop)
    {
        foreach (var happened in await _emulator!.GetEventsAsync(_lastEvent, stop).ConfigureAwait(false))
        {
            _lastEvent = Math.Max(_lastEvent, happened.Sequence);
            if (!happened.IsOfContact)
            {
                continue;
            }

            _events.Enqueue(happened);
            if (_events.Count > LabLimits.EventsShown)
            {
                _events.Dequeue();
            }
        }

        var connector = await _connector!.GetStatusAsync(stop).ConfigureAwait(false);
        CallReport[] reports;
        lock (_lock)
        {
            reports = [.. _reports];
        }

        var result = new LabScore(reports.Length, reports, contacts: [], Addresses).Judge();
        return new LabSnapshot
        {
            ActiveCalls = _carrier?.ActiveCalls ?? 0,
            TalkingCalls = _carrier?.TalkingCalls ?? 0,
            Results = result.Results,
            SetupMs = result.SetupMs,
            LossPercent = result.LossPercent,
            Connector = connector,
            Events = [.. _events],
        };
    }

    /// <summary>
    /// Ends the children, the last one, the connector, first so that it can end its contacts. Logs of a
    /// failed run are kept.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_processes.Count > 0)
        {
            await _processes[^1].DisposeAsync().ConfigureAwait(false);
            var others = _processes.SkipLast(1).Select(process => process.DisposeAsync().AsTask());
            await Task.WhenAll(others).ConfigureAwait(false);
        }

        _emulator?.Dispose();
        _connector?.Dispose();
        _certificate?.Dispose();
        if (!_keepsFolder)
        {
            _folder.Delete();
        }
    }

    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private async Task StartChildrenAsync(LabProgram program, CancellationToken stop)
    {
        var configuration = new LabConfiguration(_options, _ports, _folder) { TurnPassword = NewPassword() };
        var password = NewPassword();
        _certificate = _folder.WriteCertificate();
        _folder.Write(_folder.PasswordFile, password);
        _folder.Write(_folder.ConfigurationFile, configuration.WriteConnector());
        _folder.Write(_folder.EmulatorSettingsFile, configuration.WriteEmulator());
        if (_options.Turn is not null)
        {
            var turn = TurnProcess.StartAsync(
                _folder, _ports.Turn, LabConfiguration.TurnUser, configuration.TurnPassword, stop);
            _processes.Add(await turn.ConfigureAwait(false));
        }

        await StartAsync(program, "emulator", stop,
            "emulate", "connect", "--settings", _folder.EmulatorSettingsFile, "--json").ConfigureAwait(false);
        await StartAsync(program, "connector", stop,
            "connector", "--config", _folder.ConfigurationFile, "--json").ConfigureAwait(false);
        _emulator = new EmulatorClient(new Uri(Addresses.Connect));
        _connector = new ConnectorClient(new Uri(Addresses.Admin), LabConfiguration.AdminUser, password);
        Broken = WatchAsync([.. _processes]);
    }

    private async Task StartAsync(
        LabProgram program, string name, CancellationToken stop, params string[] arguments)
    {
        var process = LabProcess.Start($"the {name}", _folder.LogOf(name), program.With(arguments));
        _processes.Add(process);
        await process.WaitUntilReadyAsync(stop).ConfigureAwait(false);
    }

    private static async Task<string> WatchAsync(LabProcess[] processes)
    {
        var exits = processes.Select(process => process.Exited).ToArray();
        var ended = await Task.WhenAny(exits).ConfigureAwait(false);
        return processes[Array.IndexOf(exits, ended)].Explain();
    }

    private CarrierSettings CarrierSettings() => new()
    {
        Target = new IPEndPoint(
            IPAddress.Loopback, _options.Transport == SipTransport.Tls ? _ports.SipTls : _ports.Sip),
        TargetCertificate = _certificate,
        Transport = _options.Transport,
        CalledNumber = LabConfiguration.CalledNumber,
        Codec = _options.Codec,
        UsesSrtp = _options.UsesSrtp,
    };

    private void Note(CallReport report)
    {
        lock (_lock)
        {
            _reports.Add(report);
        }
    }

    /// <summary>
    /// Looks until no contact is open any more, or the patience is over; calls that were given up too.
    /// </summary>
    private async Task<IReadOnlyList<ContactSeen>?> WaitForContactsAsync(IReadOnlyList<CallReport> reports)
    {
        using var patience = new CancellationTokenSource(LabLimits.SettlePatience);
        IReadOnlyList<ContactSeen>? contacts = null;
        do
        {
            contacts = await _emulator!.GetContactsAsync(CancellationToken.None).ConfigureAwait(false);
            if (!LabScore.FindOpen(reports, contacts).Any())
            {
                return contacts;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!patience.IsCancellationRequested);

        return contacts;
    }
}
