using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Farspan.Calls;

/// <summary>
/// What a connector says of itself in its answer to OPTIONS, and what edges share their calls out by: the
/// header <c>Farspan-Load: calls=12;capacity=2000;quota=8;draining</c>.
/// </summary>
/// <param name="Calls">Live calls.</param>
/// <param name="Capacity">Calls at once that it takes.</param>
/// <param name="QuotaLeft">Contacts that Amazon Connect would still take; null: not known.</param>
/// <param name="IsDraining">Whether it takes no new calls because it is to end.</param>
public sealed record LoadReport(int Calls, int Capacity, int? QuotaLeft, bool IsDraining)
{
    /// <summary>The header's name.</summary>
    public const string Header = "Farspan-Load";

    private const int LengthMax = 200;

    public static bool TryParse(string text, [NotNullWhen(true)] out LoadReport? report)
    {
        report = null;
        if (text.Length > LengthMax)
        {
            return false;
        }

        int? calls = null, capacity = null, quota = null;
        var isDraining = false;
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries))
        {
            var (name, value) = part.Split('=', 2) is [var key, var written]
                ? (key.TrimEnd(), written.TrimStart())
                : (part, "");
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (name)
            {
                case "calls" when isNumber:
                    calls = number;
                    break;
                case "capacity" when isNumber:
                    capacity = number;
                    break;
                case "quota" when isNumber:
                    quota = number;
                    break;
                case "draining":
                    isDraining = true;
                    break;
            }
        }

        report = calls is { } live && capacity is { } most
            ? new LoadReport(live, most, quota, isDraining)
            : null;
        return report is not null;
    }

    /// <summary>The header's value.</summary>
    public string Write() =>
        $"calls={Calls};capacity={Capacity}"
        + (QuotaLeft is { } quota ? $";quota={quota}" : "")
        + (IsDraining ? ";draining" : "");
}
