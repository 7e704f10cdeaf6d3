using System.Diagnostics.Metrics;
using CsCheck;

namespace Farspan.Observability.Tests;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly PrometheusExporter _exporter;

    public PrometheusExporterTests() => _exporter = new PrometheusExporter(m => ReferenceEquals(m, _meter));

    public void Dispose()
    {
        _exporter.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void ACounter_AddsUpByItsLabels()
    {
        var counter = _meter.CreateCounter<long>("farspan.calls.ended", null, "Calls.");
        counter.Add(2, new KeyValuePair<string, object?>("outcome", "CallerHungUp"));
        counter.Add(3, new KeyValuePair<string, object?>("outcome", "CallerHungUp"));
        counter.Add(1, new KeyValuePair<string, object?>("outcome", "NoRoute"));

        var family = Export("farspan_calls_ended_total");

        Assert.Equal("counter", family.Type);
        Assert.Equal(5, family.Samples.Single(s => s.Labels["outcome"] == "CallerHungUp").Value);
        Assert.Equal(1, family.Samples.Single(s => s.Labels["outcome"] == "NoRoute").Value);
    }

    [Fact]
    public void AHistogram_CountsIntoItsBucketsBoundsIncluded()
    {
        var histogram = _meter.CreateHistogram(
            "farspan.lag", "s", "Lag.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in new[] { 0.05, 0.1, 0.5, 7 })
        {
            histogram.Record(value);
        }

        var family = Export("farspan_lag_seconds");

        Assert.Equal([2, 3, 4], Samples(family, "_bucket"));
        Assert.Equal([7.65], Samples(family, "_sum"));
        Assert.Equal([4], Samples(family, "_count"));
    }

    [Fact]
    public void WhatIsObserved_IsWhatIsThereNow()
    {
        var names = new List<string> { "a", "b" };
        _meter.CreateObservableGauge(
            "farspan.slots",
            () => names.Select(n => new Measurement<int>(4, new KeyValuePair<string, object?>("instance", n))));

        Assert.Equal(2, Export("farspan_slots").Samples.Count);
        names.Remove("a");

        Assert.Equal("b", Assert.Single(Export("farspan_slots").Samples).Labels["instance"]);
    }

    [Fact]
    public void UpDownCounters_GoDownAgain()
    {
        var counter = _meter.CreateUpDownCounter<int>("farspan.sockets");
        counter.Add(3);
        counter.Add(-2);

        Assert.Equal(("gauge", 1.0), (Export("farspan_sockets").Type, Export("farspan_sockets").Samples[0].Value));
    }

    [Fact]
    public void TooManyLabelSets_BecomeOneSeries()
    {
        var counter = _meter.CreateCounter<long>("farspan.flood");
        for (var i = 0; i < PrometheusExporter.SeriesMax + 500; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("source", i));
        }

        var family = Export("farspan_flood_total");

        Assert.Equal(PrometheusExporter.SeriesMax + 1, family.Samples.Count);
        Assert.Equal(500, family.Samples.Single(s => s.Labels.ContainsKey("overflow")).Value);
    }

    [Fact]
    public void AnyLabelValue_ComesBackAsItWas()
    {
        var counter = _meter.CreateCounter<long>("farspan.hostile", null, "Line\nbreak \\ and \"quotes\".");

        Gen.String.Sample(
            value =>
            {
                counter.Add(1, new KeyValuePair<string, object?>("value", value));
                return Export("farspan_hostile_total").Samples.Any(s =>
                    s.Labels.GetValueOrDefault("value") == value || s.Labels.ContainsKey("overflow"));
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void AnyInstrumentName_BecomesAValidOne() =>
        Gen.String[1, 20].Sample(
            name =>
            {
                using var meter = new Meter("names");
                using var exporter = new PrometheusExporter(m => ReferenceEquals(m, meter));
                meter.CreateCounter<long>("x" + name).Add(1, new KeyValuePair<string, object?>("l" + name, 1));
                return ExpositionParser.Parse(exporter.Export()).Count == 1;
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void SpecialNumbers_AreWrittenAsTheFormatSays()
    {
        var values = new Queue<double>([double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -0.1]);
        _meter.CreateObservableGauge("farspan.number", () => values.Dequeue());

        foreach (var expected in values.ToArray())
        {
            Assert.Equal(expected, Export("farspan_number").Samples[0].Value);
        }
    }

    private static IEnumerable<double> Samples(ExpositionFamily family, string suffix) =>
        family.Samples.Where(s => s.Name == family.Name + suffix).Select(s => s.Value);

    private ExpositionFamily Export(string name) => ExpositionParser.Parse(_exporter.Export())[name];
}
