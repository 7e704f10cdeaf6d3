namespace Farspan.StubProvider;

/// <summary>
/// The type of an attribute: <c>string</c>, <c>number</c>, <c>bool</c>, or <c>list(string)</c> and the like.
/// </summary>
/// <param name="Name">Of the primitive or the collection.</param>
/// <param name="Element">Of a collection; null for a primitive.</param>
public sealed record AttributeType(string Name, AttributeType? Element)
{
    public static AttributeType Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? new AttributeType(text, null) : new AttributeType(text[..open], Parse(text[(open + 1)..^1]));
    }

    /// <summary>As the plugin protocol names it: the JSON form of a type.</summary>
    public string ToJson() => Element is null ? $"\"{Name}\"" : $"[\"{Name}\",{Element.ToJson()}]";

    public override string ToString() => Element is null ? Name : $"{Name}({Element})";
}
