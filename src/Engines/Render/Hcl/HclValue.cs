using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Farspan.Render;

/// <summary>
/// The right-hand side of an attribute in HashiCorp's configuration language (HCL native syntax specification,
/// "Expressions"). Texts, numbers and booleans convert by themselves.
/// </summary>
public abstract record HclValue
{
    private HclValue()
    {
    }

    /// <summary>A quoted text; whatever is in it means itself.</summary>
    public sealed record Text(string Content) : HclValue;

    /// <summary>A quoted text with <c>${…}</c> in it that Terraform evaluates.</summary>
    public sealed record Template(string Content) : HclValue;

    /// <summary>A number, as it is written.</summary>
    public sealed record Number(string Digits) : HclValue;

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public sealed record Boolean(bool Is) : HclValue;

    /// <summary>An expression that stands as it is: <c>aws_vpc.main.id</c>.</summary>
    public sealed record Reference(string Expression) : HclValue;

    /// <summary>A list; short ones take one line.</summary>
    public sealed record Sequence(ImmutableArray<HclValue> Items) : HclValue;

    /// <summary>An object or a map, in the order given.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<string, HclValue>> Entries) : HclValue;

    /// <summary>A function applied to values: <c>jsonencode({…})</c>.</summary>
    public sealed record Call(string Function, ImmutableArray<HclValue> Arguments) : HclValue;

    /// <summary>A text of several lines.</summary>
    public sealed record Heredoc(string Content) : HclValue;

    /// <summary>Null is no value: the attribute is left out.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator HclValue?(string? text) => text is null ? null : new Text(text);

    public static implicit operator HclValue(long number) =>
        new Number(number.ToString(CultureInfo.InvariantCulture));

    public static implicit operator HclValue(double number) =>
        new Number(number.ToString("R", CultureInfo.InvariantCulture));

    public static implicit operator HclValue(bool value) => new Boolean(value);
}
