using System.Globalization;

namespace Farspan.Interop.Tests;

/// <summary>The connector's counters, as a Prometheus server reads them.</summary>
internal sealed class MetricsClient(Uri address) : IDisposable
{
    /// <summary>The gauges of what calls hold; each is zero when there is no call.</summary>
    public static readonly string[] InUse =
    [
        "farspan_calls_active", "farspan_trunk_channels", "farspan_contacts_open", "farspan_quota_waiting",
        "farspan_media_sessions",
    ];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Every sample by its name with labels.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ReadAsync()
    {
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in (await _http.GetStringAsync(address)).Split('\n'))
        {
            if (line.Length > 0 && line[0] != '#' && line.LastIndexOf(' ') is var gap and > 0)
            {
                samples[line[..gap]] = double.Parse(line[(gap + 1)..], CultureInfo.InvariantCulture);
            }
        }

        return samples;
    }

    /// <summary>The sum over all labels of a metric.</summary>
    public async Task<double> SumAsync(string name) =>
        (await ReadAsync())
            .Where(sample => IsOf(name, sample.Key))
            .Sum(sample => sample.Value);

    public async Task AreZeroAsync(IReadOnlyList<string> names, TimeSpan within)
    {
        var samples = await ReadAsync();
        await Eventually.TrueAsync(
            async () => (samples = await ReadAsync()) is not null
                && names.All(name => Of(samples, name) is [_, ..] found && found.All(value => value == 0)),
            within,
            () => $"zero in {string.Join(", ", names)}:\n{string.Join('\n', samples)}");
    }

    public void Dispose() => _http.Dispose();

    // A metric that is not there is not zero: a misspelt name must fail.
    private static double[] Of(IReadOnlyDictionary<string, double> samples, string name) =>
    [
        .. samples.Where(sample => IsOf(name, sample.Key)).Select(sample => sample.Value),
    ];

    private static bool IsOf(string name, string sample) =>
        sample == name || sample.StartsWith(name + "{", StringComparison.Ordinal);
}
