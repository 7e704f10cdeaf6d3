namespace Farspan.Bench;

/// <summary>One line of a bench's table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Ours">Farspan's rounds.</param>
/// <param name="Unit">Of both sides.</param>
internal sealed record Figure(string What, Samples Ours, string Unit)
{
    /// <summary>What did the same work in the same run; null if nothing did.</summary>
    public string? Peer { get; init; }

    /// <summary>The peer's rounds.</summary>
    public Samples? Theirs { get; init; }

    /// <summary>Null for a figure that is only told.</summary>
    public Goal? Goal { get; init; }

    /// <summary>Our median as a multiple of the peer's.</summary>
    public double? Ratio => Theirs is { Median: not 0 } ? Ours.Median / Theirs.Median : null;

    public bool? IsMet => Goal?.IsMetBy(this);

    /// <summary>A row of the table in docs/performance.md.</summary>
    public string ToRow()
    {
        var peer = Theirs is null ? "" : $"{Theirs.Format()} {Peer}";
        var ratio = Ratio is { } value ? Samples.Format(value) : "";
        var verdict = IsMet switch { true => "met", false => "**missed**", null => "" };
        return $"| {What} | {Ours.Format()} {Unit} | {peer} | {ratio} | {Goal?.Format(Unit)} | {verdict} |";
    }
}
