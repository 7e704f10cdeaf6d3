using System.Text.RegularExpressions;

namespace Farspan.StubProvider.Extract;

/// <summary>One argument as the generated source writes it.</summary>
/// <param name="Name">In Terraform.</param>
/// <param name="Property">In the bindings.</param>
/// <param name="Type">Of an attribute.</param>
/// <param name="Converter">Of a block: the name of what is in it; null for an attribute.</param>
/// <param name="IsSet">Whether the order of several blocks means nothing.</param>
/// <param name="IsSingle">Whether the block may stand there only once.</param>
internal sealed partial record BindingField(
    string Name, string Property, string Type, string? Converter, bool IsSet, bool IsSingle)
{
    public static IEnumerable<BindingField> ReadAll(string source) => FieldPattern().Matches(source).Select(Read);

    private static BindingField Read(Match match)
    {
        var (value, kind, storage) = (match.Groups[2].Value, match.Groups[4].Value, match.Groups[5].Value);
        var converter = NestedPattern().Match(value);
        var isBlock = match.Groups[3].Value == "true" && converter.Success;
        var name = converter.Groups[1].Value;
        return new BindingField(
            match.Groups[1].Value,
            PropertyPattern().Match(value).Groups[1].Value,
            TypeOf(kind, storage),
            isBlock ? char.ToUpperInvariant(name[0]) + name[1..] : null,
            kind == "set",
            !value.Contains("listMapperHcl", StringComparison.Ordinal));
    }

    private static string TypeOf(string kind, string storage)
    {
        var element = storage.StartsWith("number", StringComparison.Ordinal) ? "number"
            : storage.StartsWith("boolean", StringComparison.Ordinal) ? "bool" : "string";
        return kind == "simple" ? element : $"{kind}({element})";
    }

    [GeneratedRegex(
        @"^\s+""?(\w+)""?: \{\s+value: (.*?),\s+isBlock: (true|false),\s+type: ""(\w+)"","
        + @"\s+storageClassType: ""(\w+)"",",
        RegexOptions.Multiline)]
    private static partial Regex FieldPattern();

    [GeneratedRegex(@"(?<![\w.])(\w+)ToHclTerraform")]
    private static partial Regex NestedPattern();

    [GeneratedRegex(@"(?:this\._|struct\.)(\w+?)(?:\.internalValue)?\)$")]
    private static partial Regex PropertyPattern();
}
