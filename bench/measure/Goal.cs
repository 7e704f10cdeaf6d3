namespace Farspan.Bench;

/// <summary>What a figure must keep to.</summary>
/// <param name="Kind">What is limited.</param>
/// <param name="Limit">In the figure's unit, or a bare number for a ratio.</param>
internal sealed record Goal(GoalKind Kind, double Limit)
{
    public static Goal AtMost(double limit) => new(GoalKind.AtMost, limit);

    public static Goal AtLeast(double limit) => new(GoalKind.AtLeast, limit);

    public static Goal RatioAtMost(double limit) => new(GoalKind.RatioAtMost, limit);

    public bool IsMetBy(Figure figure) => Kind switch
    {
        GoalKind.AtMost => figure.Ours.Median <= Limit,
        GoalKind.AtLeast => figure.Ours.Median >= Limit,
        _ => figure.Ratio <= Limit,
    };

    public string Format(string unit) => Kind switch
    {
        GoalKind.AtMost => $"≤ {Samples.Format(Limit)} {unit}",
        GoalKind.AtLeast => $"≥ {Samples.Format(Limit)} {unit}",
        _ => $"≤ {Samples.Format(Limit)} ×",
    };
}

/// <summary>What a <see cref="Goal"/> limits.</summary>
internal enum GoalKind
{
    /// <summary>Our own figure from above.</summary>
    AtMost,

    /// <summary>Our own figure from below.</summary>
    AtLeast,

    /// <summary>Our figure as a multiple of the peer's, from above.</summary>
    RatioAtMost,
}
