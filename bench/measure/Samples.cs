using System.Globalization;

namespace Farspan.Bench;

/// <summary>
/// One quantity, measured in several rounds: the median counts, the range says how far to trust it.
/// </summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public static Samples Of(params ReadOnlySpan<double> values)
    {
        var samples = new Samples();
        samples._values.AddRange(values);
        return samples;
    }

    public double Median => _values.Order().ElementAt(_values.Count / 2);

    public double Min => _values.Min();

    public double Max => _values.Max();

    public void Add(double value) => _values.Add(value);

    /// <summary>Four significant digits at most, as in <c>182 (179-201)</c>.</summary>
    public string Format() =>
        Format(Min) == Format(Max) ? Format(Median) : $"{Format(Median)} ({Format(Min)}-{Format(Max)})";

    public static string Format(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1_000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
