using System.Collections.Immutable;
using System.Globalization;

namespace Farspan.Topology;

/// <summary>The kinds of plain values.</summary>
internal static class ValueKinds
{
    public static WordKind<bool> Flag { get; } = new(["true", "false"], [true, false])
    {
        Shape = JsonShape.Flag,
    };

    /// <summary>Free text, without control characters.</summary>
    public static ScalarKind<string> Text(string example, int lengthMax, int lengthMin = 1) => new(
        $"a text of {lengthMin} to {lengthMax} characters",
        example,
        text => text.Length >= lengthMin && text.Length <= lengthMax && !text.Any(char.IsControl)
            ? text
            : Parsed<string>.Bad($"is not a text of {lengthMin} to {lengthMax} characters"),
        text => text.Length == 0 ? "\"\"" : text);

    /// <summary>An identifier of somebody else's: letters, digits and a few signs.</summary>
    /// <param name="what">With its article: "a region".</param>
    /// <param name="example">One that could be real.</param>
    /// <param name="signs">What it may contain besides letters and digits.</param>
    /// <param name="lengthMax">In characters.</param>
    public static ScalarKind<string> Identifier(
        string what, string example, string signs, int lengthMax) => new(
        what,
        example,
        text => text.Length > 0 && text.Length <= lengthMax
                && text.All(c => char.IsAsciiLetterOrDigit(c) || signs.Contains(c))
            ? text
            : Parsed<string>.Bad($"is not {what}"),
        text => text);

    public static ScalarKind<int> Integer(int min, int max, string example) => new(
        $"a whole number from {min} to {max}",
        example,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= min && number <= max
            ? number
            : Parsed<int>.Bad($"is not a whole number from {min} to {max}"),
        number => number.ToString(CultureInfo.InvariantCulture))
    {
        Shape = JsonShape.Integer,
    };

    public static ScalarKind<double> Number(double min, double max, string example) => new(
        Invariant($"a number from {min} to {max}"),
        example,
        text => double.TryParse(
                    text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number >= min && number <= max
            ? number
            : Parsed<double>.Bad(Invariant($"is not a number from {min} to {max}")),
        number => number.ToString(CultureInfo.InvariantCulture))
    {
        Shape = JsonShape.Number,
    };

    /// <summary>One of a few words.</summary>
    public static WordKind<T> Word<T>(params (string Word, T Value)[] words)
        where T : notnull
    {
        var texts = new string[words.Length];
        var values = new T[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            (texts[i], values[i]) = words[i];
        }

        return new WordKind<T>(texts, values);
    }

    public static NameKind Name(string of) => new(of, isReference: false);

    public static NameKind ReferenceTo(string of) => new(of, isReference: true);

    public static FilePathKind FilePath(string example) => new(example);

    public static SecretKind Secret() => new();

    public static ListKind<T> ListOf<T>(ValueKind<T> item) => new(item);

    public static ListKind<T> NonEmptyListOf<T>(ValueKind<T> item) => new(item, mayBeEmpty: false);

    /// <summary>A list of sections of which much is derived.</summary>
    public static ListKind<T> ListOf<T>(ValueKind<T> item, int countMax) => new(item, countMax: countMax);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
