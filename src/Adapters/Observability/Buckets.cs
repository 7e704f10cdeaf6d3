using System.Diagnostics.Metrics;

namespace Farspan.Observability;

/// <summary>The bucket bounds of our histograms, in seconds.</summary>
internal static class Buckets
{
    /// <summary>From a fast step of ours to the end of ringing.</summary>
    public static InstrumentAdvice<double> SetUp { get; } = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.15, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 30],
    };

    /// <summary>Lengths of calls.</summary>
    public static InstrumentAdvice<double> Talk { get; } = new()
    {
        HistogramBucketBoundaries = [5, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600],
    };

    /// <summary>Answers of web services.</summary>
    public static InstrumentAdvice<double> Request { get; } = new()
    {
        HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 3, 5],
    };

    /// <summary>Delays inside the process.</summary>
    public static InstrumentAdvice<double> Lag { get; } = new()
    {
        HistogramBucketBoundaries =
            [0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    };

    /// <summary>Jitter of RTP.</summary>
    public static InstrumentAdvice<double> Jitter { get; } = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2],
    };
}
