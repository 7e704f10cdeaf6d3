namespace Farspan.Simulation;

/// <summary>The bounds of a <see cref="Delay"/>, without its parts: what is kept of it.</summary>
public readonly record struct RecoveryTime(TimeSpan Best, TimeSpan Expected, TimeSpan Worst)
{
    public static RecoveryTime Never { get; } = Of(Delay.Never);

    public bool IsNever => Worst == TimeSpan.MaxValue;

    public bool IsNone => Worst == TimeSpan.Zero;

    public static RecoveryTime Of(Delay delay) => new(delay.Best, delay.Expected, delay.Worst);

    public override string ToString() =>
        IsNever ? "never" : IsNone ? "0 s" : $"{Seconds(Worst)} / {Seconds(Expected)} s";

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
