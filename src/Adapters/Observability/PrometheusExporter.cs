using System.Diagnostics.Metrics;
using System.Text;

namespace Farspan.Observability;

/// <summary>
/// Collects what instruments measure and writes it in the Prometheus text exposition format, version 0.0.4.
/// </summary>
/// <remarks>Thread-safe. A family holds at most <see cref="SeriesMax"/> label sets; further ones are counted as one
/// series labelled <c>overflow</c>, so that no label can fill the memory.</remarks>
public sealed class PrometheusExporter : IDisposable
{
    /// <summary>The value of the Content-Type header.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Label sets of one family.</summary>
    public const int SeriesMax = 1_000;

    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    /// <summary>Listens from now on to the instruments of some meters, also those that are made later.</summary>
    public PrometheusExporter(Func<Meter, bool> isWanted)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (isWanted(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument, Register(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(state, value, tags));
        _listener.Start();
    }

    /// <summary>Every instrument seen so far, by its exported name.</summary>
    public IReadOnlyList<MetricDescription> Describe()
    {
        lock (_lock)
        {
            return [.. _families.Values.Select(f => f.Describe())];
        }
    }

    /// <summary>The current values as text.</summary>
    public string Export()
    {
        MetricFamily[] families;
        lock (_lock)
        {
            families = [.. _families.Values];
        }

        foreach (var family in families)
        {
            family.ForgetObserved();
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families)
        {
            family.Write(text);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        (state as MetricFamily)?.Record(value, tags);

    private MetricFamily Register(Instrument instrument)
    {
        var family = MetricFamily.Create(instrument);
        lock (_lock)
        {
            // Two instruments of one name, such as of two nodes in one process, share a family.
            if (!_families.TryGetValue(family.Name, out var existing))
            {
                _families.Add(family.Name, existing = family);
            }

            return existing;
        }
    }
}
