namespace Farspan.StubProvider;

/// <summary>An attribute of a block: who may set it and what it holds.</summary>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">The configuration must set it.</param>
/// <param name="IsOptional">The configuration may set it.</param>
/// <param name="IsComputed">The provider sets it where the configuration does not.</param>
/// <param name="IsSensitive">Terraform does not print it.</param>
public sealed record SchemaAttribute(
    AttributeType Type, bool IsRequired, bool IsOptional, bool IsComputed, bool IsSensitive)
{
    /// <summary>
    /// Reads <c>required string</c>, <c>optional computed list(string)</c>, <c>computed sensitive string</c>.
    /// </summary>
    public static SchemaAttribute Parse(string text)
    {
        var words = text.Split(' ');
        return new SchemaAttribute(
            AttributeType.Parse(words[^1]),
            words.Contains("required"),
            words.Contains("optional"),
            words.Contains("computed"),
            words.Contains("sensitive"));
    }
}
