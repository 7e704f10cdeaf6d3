using System.Diagnostics.Metrics;
using System.Text;

namespace Farspan.Observability;

/// <summary>All series of one metric: what was measured, by label set.</summary>
internal sealed class MetricFamily
{
    private const string Overflow = "overflow=\"true\"";

    private static readonly double[] DefaultBounds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly string _type;
    private readonly string _help;
    private readonly bool _isObserved;
    private readonly bool _adds;
    private readonly double[] _bounds;

    private MetricFamily(Instrument instrument, string kind)
    {
        _isObserved = instrument.IsObservable;
        _adds = !_isObserved && kind is "Counter" or "UpDownCounter";
        _type = kind switch
        {
            "Counter" or "ObservableCounter" => "counter",
            "Histogram" => "histogram",
            _ => "gauge",
        };
        _bounds = _type == "histogram" ? BoundsOf(instrument) : [];
        _help = instrument.Description ?? instrument.Name;
        Name = PrometheusText.NameOf(instrument.Name, instrument.Unit, _type == "counter");
    }

    public string Name { get; }

    public static MetricFamily Create(Instrument instrument) =>
        new(instrument, instrument.GetType().Name.Split('`')[0]);

    public MetricDescription Describe() => new(Name, _type, _help);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.LabelsOf(tags);
        lock (_lock)
        {
            var series = FindOrAdd(labels);
            if (_type == "histogram")
            {
                series.Counts[BucketOf(value)]++;
                series.Count++;
                series.Value += value;
            }
            else
            {
                series.Value = _adds ? series.Value + value : value;
            }
        }
    }

    /// <summary>What is observed is asked anew: label sets that no longer exist must not stay.</summary>
    public void ForgetObserved()
    {
        if (_isObserved)
        {
            lock (_lock)
            {
                _series.Clear();
            }
        }
    }

    public void Write(StringBuilder text)
    {
        lock (_lock)
        {
            text.Append("# HELP ").Append(Name).Append(' ');
            PrometheusText.AppendHelp(text, _help);
            text.Append("\n# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
            foreach (var (labels, series) in _series)
            {
                if (_type == "histogram")
                {
                    WriteHistogram(text, labels, series);
                }
                else
                {
                    PrometheusText.AppendSample(text, Name, labels, series.Value);
                }
            }
        }
    }

    private static double[] BoundsOf(Instrument instrument) =>
        instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } ? [.. bounds] : DefaultBounds;

    private Series FindOrAdd(string labels)
    {
        if (_series.TryGetValue(labels, out var series))
        {
            return series;
        }

        if (_series.Count >= PrometheusExporter.SeriesMax)
        {
            labels = Overflow;
        }

        if (!_series.TryGetValue(labels, out series))
        {
            _series.Add(labels, series = new Series(_bounds.Length + 1));
        }

        return series;
    }

    private int BucketOf(double value)
    {
        var bucket = 0;
        while (bucket < _bounds.Length && !(value <= _bounds[bucket]))
        {
            bucket++;
        }

        return bucket;
    }

    private void WriteHistogram(StringBuilder text, string labels, Series series)
    {
        var prefix = labels.Length == 0 ? "" : labels + ",";
        var cumulative = 0L;
        for (var i = 0; i < series.Counts.Length; i++)
        {
            cumulative += series.Counts[i];
            var bound = i < _bounds.Length ? _bounds[i] : double.PositiveInfinity;
            PrometheusText.AppendSample(
                text, Name + "_bucket", $"{prefix}le=\"{PrometheusText.Number(bound)}\"", cumulative);
        }

        PrometheusText.AppendSample(text, Name + "_sum", labels, series.Value);
        PrometheusText.AppendSample(text, Name + "_count", labels, series.Count);
    }

    private sealed class Series(int buckets)
    {
        public double Value { get; set; }

        public long Count { get; set; }

        public long[] Counts { get; } = new long[buckets];
    }
}
