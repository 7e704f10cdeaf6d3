namespace Farspan.Bench;

/// <summary>What every bench can be told on the command line.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        "[--quick] [--rounds N] [--record FILE] [--load AVERAGE]";

    /// <summary>Rounds in which the contestants take turns; odd, so that the median is one of them.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>A tenth of the work: shows that it runs, not how fast.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Where the section for docs/performance.md is written; null for nowhere.</summary>
    public string? RecordPath { get; init; }

    /// <summary>The machine's load average before the first bench of the run.</summary>
    public string LoadAverage { get; init; } = ReadLoadAverage();

    /// <summary>So much work in a round, or a tenth of it.</summary>
    public int Scale(int work) => IsQuick ? Math.Max(work / 10, 1) : work;

    /// <summary>Null if the arguments make no sense.</summary>
    public static BenchOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--quick":
                    options = options with { IsQuick = true, Rounds = 3 };
                    continue;
                case "--rounds" when int.TryParse(value, out var rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    break;
                case "--record" when value is not null:
                    options = options with { RecordPath = value };
                    break;
                case "--load" when value is not null:
                    options = options with { LoadAverage = value };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }

    private static string ReadLoadAverage() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
