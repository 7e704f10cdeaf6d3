using System.Diagnostics.Metrics;
using Farspan.Calls;

namespace Farspan.Observability;

/// <summary>Counts requests to Amazon Connect, by operation and by what became of them.</summary>
public sealed class ConnectMetrics
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;

    public ConnectMetrics(Meter meter)
    {
        _requests = meter.CreateCounter<long>(
            "farspan.connect.requests",
            null,
            "Requests to Amazon Connect, by operation and result: Ok or the kind of error.");
        _duration = meter.CreateHistogram(
            "farspan.connect.request.duration", "s", "How long Amazon Connect took, by operation.", null, Buckets.Request);
    }

    /// <param name="operation">The API's name, such as StartWebRTCContact.</param>
    /// <param name="error">Null for success.</param>
    /// <param name="took">From sending to the whole answer, credentials included.</param>
    public void Count(string operation, ConnectError? error, TimeSpan took)
    {
        var label = new KeyValuePair<string, object?>("operation", operation);
        _requests.Add(1, label, new("result", error is null ? "Ok" : error.Kind.ToString()));
        _duration.Record(took.TotalSeconds, label);
    }
}
