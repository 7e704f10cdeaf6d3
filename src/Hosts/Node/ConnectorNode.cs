using System.Reflection;
using Farspan.Calls;
using Farspan.Media;
using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// A connector as a running process: SIP on one side, Amazon Connect on the other, one signalling loop and
/// some media workers between them. The order of starting and stopping is told in docs/flows/node.md.
/// </summary>
public sealed class ConnectorNode : INodeControl, IAsyncDisposable
{
    /// <summary>
    /// Calls that are still there when the node stops have this long to be ended on both sides.
    /// </summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>What Retry-After says where nothing is known: while the node starts.</summary>
    private const int UsualRetrySeconds = 5;

    private static readonly TimeSpan StopPoll = TimeSpan.FromMilliseconds(20);

    /// <summary>The WebSocket is closed because we go away (RFC 6455 §7.4.1).</summary>
    private const int GoingAway = 1001;

    private readonly FarspanModel _model;
    private readonly NodeParts _parts;
    private readonly DateTimeOffset _startedAt = TimeProvider.System.GetUtcNow();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _stateLock = new();
    private AdminServer? _admin;
    private bool _isLoopRunning;
    private NodeState _state;

    private ConnectorNode(FarspanModel model, NodeParts parts)
    {
        _model = model;
        _parts = parts;
    }

    /// <summary>The version of this program.</summary>
    public static string Version { get; } =
        typeof(ConnectorNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    public string Name => _model.Node.Name ?? Environment.MachineName;

    public NodeAddresses Addresses => new(_parts.Sip.Addresses, _admin?.Addresses ?? []);

    /// <summary>
    /// The password of the administration API if this start has drawn it: to be shown once; else null.
    /// </summary>
    public string? DrawnPassword { get; private set; }

    public NodeHealth Health
    {
        get
        {
            var state = State;
            var shown = _parts.Availability.Shown;
            string[] reasons =
                state != NodeState.Ready ? [$"the node is {state.ToString().ToLowerInvariant()}"]
                : shown.IsAvailable ? []
                : [shown.Detail];
            return new NodeHealth(state, reasons, [.. Warnings()])
            {
                RetryAfterSeconds = reasons.Length == 0
                    ? null
                    : _parts.Availability.RetryAfterSeconds(_parts.Clock.Now) ?? UsualRetrySeconds,
            };
        }
    }

    private NodeState State
    {
        get
        {
            lock (_stateLock)
            {
                return _state;
            }
        }
    }

    /// <summary>Starts a node; it takes calls when this returns.</summary>
    /// <param name="model">What the configuration says.</param>
    /// <param name="log">Where log lines go.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <exception cref="NodeStartException">Something that the operator has named cannot be used.</exception>
    public static async Task<ConnectorNode> StartAsync(
        FarspanModel model, ILoggerProvider log, CancellationToken stop)
    {
        var node = new ConnectorNode(model, new NodeParts(model, log));
        try
        {
            await node.StartAsync(log, stop);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async Task<NodeStatus> GetStatusAsync() =>
        ToStatus(await _parts.Loop.AskAsync((engine, _) => StatusReader.ReadEngine(engine)));

    public Task<IReadOnlyList<CallStatus>> GetCallsAsync() => _parts.Loop.AskAsync(StatusReader.ReadCalls);

    public async Task<string> ExportMetricsAsync()
    {
        _parts.Telemetry.Gauges.Show(await GetStatusAsync());
        return _parts.Telemetry.Exporter.Export();
    }

    public bool SetDraining(bool isDraining)
    {
        lock (_stateLock)
        {
            if (_state is not (NodeState.Ready or NodeState.Draining))
            {
                return false;
            }

            _state = isDraining ? NodeState.Draining : NodeState.Ready;
        }

        _parts.Post(new ConnectorInput.DrainRequested(isDraining));
        _ = LogDrainAsync(isDraining);
        return true;
    }

    /// <summary>
    /// Refuses new calls, ends the live ones on both sides within <see cref="StopLimit"/>, and lets go of
    /// everything.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (_stateLock)
        {
            if (_state == NodeState.Stopping)
            {
                return;
            }

            _state = NodeState.Stopping;
        }

        await _stopping.CancelAsync();
        if (_isLoopRunning)
        {
            await EndCallsAsync();
        }

        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        _parts.Dispose();
        _stopping.Dispose();
    }

    private async Task StartAsync(ILoggerProvider log, CancellationToken stop)
    {
        var replay = _parts.Journal.Replay;
        _parts.Log.JournalOpened(
            replay.Entries, replay.Open.Count, replay.DamagedLines, replay.TornBytes, replay.Outlived.Count);
        LetGo(replay.Outlived);
        var started = _parts.Clock.Now;
        WarmUp.Run();
        _parts.Telemetry.CountFromHere();
        _parts.Log.WarmedUp((long)(_parts.Clock.Now - started).TotalMilliseconds);
        _parts.MediaPorts.Start(_parts.Inbox);
        _parts.Loop.Start();
        _isLoopRunning = true;
        await _parts.Loop.AskAsync((engine, now) =>
        {
            engine.Recover(replay.Open, now);
            return replay.Open.Count;
        });
        _admin = await StartAdminAsync(log, stop);
        _parts.Log.Admin(string.Join(' ', _admin.Addresses));
        _ = CheckCredentialsAsync();
        _parts.Sip.Start(_parts.Inbox);
        lock (_stateLock)
        {
            _state = NodeState.Ready;
        }

        _parts.Log.Ready(Name, Version, string.Join(' ', _parts.Sip.Addresses));
    }

    // Replaying these would start new contacts: what became of the old ones is for the operator to find out.
    private void LetGo(IReadOnlyList<OpenContact> outlived)
    {
        foreach (var contact in outlived)
        {
            _parts.Log.ContactUnknown(contact.CallId, contact.Request.InstanceId, contact.IntentId);
            _parts.Telemetry.Calls.Count(CallEvent.Create(
                contact.CallId, CallEventKind.ContactSettled, ("fate", ContactFate.Unknown)));
        }
    }

    private async Task<AdminServer> StartAdminAsync(ILoggerProvider log, CancellationToken stop)
    {
        var settings = AdminSetup.Create(_model, Name, _parts.Log, out var drawn);
        DrawnPassword = drawn;
        try
        {
            return await AdminServer.StartAsync(settings, this, log, stop);
        }
        catch (IOException error)
        {
            throw new NodeStartException(
                $"the administration API cannot listen on {_model.Admin.Listen}",
                "Stop what uses the port, or change admin.listen.",
                error);
        }
    }

    // Known before the first caller is: what the operator forgot shows in the log and in the status at once.
    private async Task CheckCredentialsAsync()
    {
        foreach (var instance in _parts.Instances.ById.Values)
        {
            if (await instance.FindCredentialFaultAsync(_stopping.Token) is { } fault)
            {
                _parts.Log.NoCredentials(instance.Name, fault.Message);
                _parts.Post(new ConnectorInput.InstanceProbed(instance.InstanceId, fault));
            }
        }
    }

    private async Task LogDrainAsync(bool isDraining)
    {
        if (isDraining)
        {
            _parts.Log.Draining(await _parts.Loop.AskAsync((engine, _) => engine.Calls.Count));
        }
        else
        {
            _parts.Log.Undrained();
        }
    }

    private async Task EndCallsAsync()
    {
        var calls = await _parts.Loop.AskAsync((engine, now) =>
        {
            var count = engine.Calls.Count;
            engine.Stop(now);
            return count;
        });
        _parts.Log.Stopping(calls);
        var deadline = _parts.Clock.Now + StopLimit;
        int left;
        while ((left = await CountUnsettledAsync()) > 0 && _parts.Clock.Now < deadline)
        {
            await Task.Delay(StopPoll);
        }

        var closing = await _parts.Loop.AskAsync((_, _) => _parts.Sockets.CloseAllAsync(GoingAway));
        await closing;
        _parts.Log.Stopped(left);
    }

    private Task<int> CountUnsettledAsync() =>
        _parts.Loop.AskAsync((engine, _) => Math.Max(engine.Calls.Count, engine.Desk.OpenContacts));

    private IEnumerable<string> Warnings()
    {
        if (_parts.Journal.IsFailing)
        {
            yield return "the contact journal cannot be written";
        }

        foreach (var instance in _parts.Instances.ById.Values)
        {
            if (instance.Health().LastError is { } error)
            {
                yield return $"instance {instance.Name}: {error}";
            }
        }
    }

    private NodeStatus ToStatus(EngineStatus engine) => new()
    {
        Node = Name,
        Cluster = _model.Cluster,
        Version = Version,
        StartedAt = _startedAt,
        UptimeSeconds = (long)(_parts.Clock.Now - default(Kernel.Instant)).TotalSeconds,
        Health = Health,
        Calls = engine.Calls,
        Instances = [.. _parts.Instances.ById.Values.Select(i => i.ToStatus(engine.Quotas[i.InstanceId]))],
        Trunks =
        [
            .. _model.Sip.Trunks.Select(t =>
                new TrunkStatus(t.Name, engine.ChannelsByTrunk.GetValueOrDefault(t.Name), t.ChannelsMax)),
        ],
        MediaWorkers =
        [
            .. _parts.Media.Workers.Select(w => new MediaWorkerStatus(
                w.Sessions, w.DatagramsReceived, w.DatagramsSent, w.DatagramsDropped, w.PhasesSkipped,
                w.Stalls)
            {
                PhasesByLateness = w.Lateness.Cumulate(),
            }),
        ],
        ActiveMedia = MediaReport.Sum(_parts.Media.Reports().Select(entry => entry.Report)),
        Listeners = [.. Addresses.Sip, .. Addresses.Admin],
        OpenContacts = engine.OpenContacts,
        LoopQueue = _parts.Loop.QueueLength,
        SipTransactions = engine.SipTransactions,
    };
}
