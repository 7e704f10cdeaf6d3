using System.Globalization;

namespace Farspan.Topology;

/// <summary>Values as people read them, the same in every language of the machine.</summary>
internal static class Texts
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "yes" : "no",
        TimeSpan duration => DurationKind.Write(duration),
        Enum word => Words(word.ToString()),
        BfdEnd bfd => $"{Of(bfd.MinTransmit)} x {bfd.Multiplier} {Of(bfd.Role)}",
        Probing probing => $"{DurationKind.Write(probing.Interval)} x {probing.Failures}",
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Of)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>CrossCloud becomes cross-cloud.</summary>
    private static string Words(string name) => string.Concat(name.Select((letter, index) =>
        (char.IsUpper(letter) && index > 0 ? "-" : "") + char.ToLowerInvariant(letter)));
}
