using Farspan.Calls;
using Farspan.Edges;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// An edge as a running process: carriers on one side, connectors on the other, one signalling loop and some media
/// workers between them. Starts and stops like a connector: docs/flows/node.md.
/// </summary>
public sealed class EdgeNode : INodeControl, IAsyncDisposable
{
    /// <summary>What Retry-After says where nothing is known: while the node starts.</summary>
    private const int UsualRetrySeconds = 5;

    private static readonly TimeSpan StopPoll = TimeSpan.FromMilliseconds(20);

    private readonly FarspanModel _model;
    private readonly EdgeParts _parts;
    private readonly DateTimeOffset _startedAt = TimeProvider.System.GetUtcNow();
    private readonly Lock _stateLock = new();
    private AdminServer? _admin;
    private bool _isLoopRunning;
    private NodeState _state;

    private EdgeNode(FarspanModel model, ILoggerProvider log)
    {
        _model = model;
        _parts = new EdgeParts(model, Name, log);
    }

    public string Name => _model.Node.Name ?? Environment.MachineName.ToLowerInvariant();

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
            return new NodeHealth(state, reasons, [])
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

    /// <summary>Starts an edge; it takes calls when this returns.</summary>
    /// <param name="model">What the configuration says.</param>
    /// <param name="log">Where log lines go.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <exception cref="NodeStartException">Something that the operator has named cannot be used.</exception>
    public static async Task<EdgeNode> StartAsync(
        FarspanModel model, ILoggerProvider log, CancellationToken stop)
    {
        if (model.Edge is null)
        {
            throw new NodeStartException(
                "the configuration has no section edge", "Add it: docs/configuration.md.");
        }

        var node = new EdgeNode(model, log);
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

    public async Task<NodeStatus> GetStatusAsync()
    {
        var engine = await _parts.Loop.AskAsync((e, _) => EdgeStatusReader.Read(e));
        return new NodeStatus
        {
            Node = Name,
            Cluster = _model.Cluster,
            Version = ConnectorNode.Version,
            StartedAt = _startedAt,
            UptimeSeconds = (long)(_parts.Clock.Now - default(Instant)).TotalSeconds,
            Health = Health,
            Calls = engine.Calls,
            Instances = [],
            Connectors = engine.Connectors,
            Trunks =
            [
                .. _model.Sip.Trunks.Select(t => new TrunkStatus(
                    t.Name, engine.ChannelsByTrunk.GetValueOrDefault(t.Name), t.ChannelsMax)),
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
            OpenContacts = 0,
            LoopQueue = _parts.Loop.QueueLength,
            SipTransactions = engine.SipTransactions,
        };
    }

    public Task<IReadOnlyList<CallStatus>> GetCallsAsync() => _parts.Loop.AskAsync(EdgeStatusReader.ReadCalls);

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

        _parts.Post(new EdgeInput.DrainRequested(isDraining));
        return true;
    }

    /// <summary>
    /// Refuses new calls, ends the live ones on both sides within <see cref="ConnectorNode.StopLimit"/>, and lets go
    /// of everything.
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

        if (_isLoopRunning)
        {
            await EndCallsAsync();
        }

        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        _parts.Dispose();
    }

    private async Task StartAsync(ILoggerProvider log, CancellationToken stop)
    {
        CodePreparation.Run();
        _parts.MediaPorts.Start(_parts.Inbox);
        _parts.Loop.Start();
        _isLoopRunning = true;
        _admin = await StartAdminAsync(log, stop);
        _parts.Log.Admin(string.Join(' ', _admin.Addresses));
        _parts.Sip.Start(_parts.Inbox);
        _parts.Post(new EdgeInput.ConnectorsChanged(_parts.Plan.Connectors));
        lock (_stateLock)
        {
            _state = NodeState.Ready;
        }

        _parts.Log.Ready(Name, ConnectorNode.Version, string.Join(' ', _parts.Sip.Addresses));
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

    private async Task EndCallsAsync()
    {
        var calls = await _parts.Loop.AskAsync((engine, now) =>
        {
            var count = engine.Calls.Count;
            engine.Stop(now);
            return count;
        });
        _parts.Log.Stopping(calls);
        var deadline = _parts.Clock.Now + ConnectorNode.StopLimit;
        while (await _parts.Loop.AskAsync((engine, _) => engine.Calls.Count) > 0 && _parts.Clock.Now < deadline)
        {
            await Task.Delay(StopPoll);
        }

        _parts.Log.Stopped(0);
    }
}
