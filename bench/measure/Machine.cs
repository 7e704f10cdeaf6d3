using System.Globalization;
using System.Runtime.InteropServices;

namespace Farspan.Bench;

/// <summary>What a table was measured on: without it figures mean nothing.</summary>
internal static class Machine
{
    /// <summary>Above this share of the processors somebody else was at work.</summary>
    private const double QuietLoadPerProcessor = 0.25;

    public static int Processors => Environment.ProcessorCount;

    public static string Describe(BenchOptions options)
    {
        var time = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var quick = options.IsQuick ? " **Quick run: a tenth of the work.**" : "";
        return $"{time} UTC, {ProcessorName}, {Processors} processors, {OsName} with Linux "
            + $"{Environment.OSVersion.Version}, .NET {Environment.Version}; {options.Rounds} rounds; "
            + $"load average at the start {options.LoadAverage}.{DescribeLoad(options.LoadAverage)}{quick}";
    }

    private static string ProcessorName => ValueOf("/proc/cpuinfo", "model name", ':');

    private static string OsName => ValueOf("/etc/os-release", "PRETTY_NAME", '=').Trim('"');

    private static string DescribeLoad(string loadAverage) =>
        double.TryParse(loadAverage, CultureInfo.InvariantCulture, out var load)
        && load <= QuietLoadPerProcessor * Processors
            ? ""
            : " **The machine was busy with other things: trust ratios, not figures.**";

    private static string ValueOf(string path, string key, char separator)
    {
        var line = File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(separator) + 1)..].Trim() ?? RuntimeInformation.OSArchitecture.ToString();
    }
}
