using System.Diagnostics.Metrics;
using Farspan.Observability;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// Everything that a node is measured with: its meter, the instruments, and the exporter that reads them.
/// </summary>
internal sealed class NodeTelemetry : IDisposable
{
    private const string RuntimeMeter = "System.Runtime";

    private readonly Meter _meter = new("farspan");
    private readonly GcMetrics _gc;

    public NodeTelemetry(ILogger log)
    {
        // By reference: several nodes in one process, as in tests, do not see each other.
        Exporter = new PrometheusExporter(m => ReferenceEquals(m, _meter) || m.Name == RuntimeMeter);
        Calls = new CallMetrics(_meter);
        Connect = new ConnectMetrics(_meter);
        Sip = new SipMetrics(_meter);
        Gauges = new NodeGauges(_meter);
        _gc = new GcMetrics(_meter);
        Observer = new NodeObserver(log, new LoopMetrics(_meter), Sip, new JournalMetrics(_meter));
    }

    public PrometheusExporter Exporter { get; }

    public CallMetrics Calls { get; }

    public ConnectMetrics Connect { get; }

    public SipMetrics Sip { get; }

    public NodeGauges Gauges { get; }

    public NodeObserver Observer { get; }

    /// <summary>The node takes calls from now on.</summary>
    public void CountFromHere() => _gc.Forget();

    /// <summary>Our own metrics, without those of the runtime.</summary>
    public IReadOnlyList<MetricDescription> Describe() =>
        [.. Exporter.Describe().Where(d => d.Name.StartsWith("farspan_", StringComparison.Ordinal))];

    public void Dispose()
    {
        _gc.Dispose();
        Exporter.Dispose();
        _meter.Dispose();
    }
}
