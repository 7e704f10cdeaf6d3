using System.Text.Json;
using System.Text.RegularExpressions;

namespace Farspan.StubProvider.Extract;

/// <summary>
/// The generated source of one type: <c>index.js</c> says names and types, <c>index.d.ts</c> what is
/// required.
/// </summary>
internal sealed partial class BindingFile
{
    private const string ConverterEnd = "ToHclTerraform";

    /// <summary>Arguments of every type that are Terraform's own affair.</summary>
    private static readonly string[] Ignored = ["timeouts", "alias", "id"];

    /// <summary>Attributes that every resource has and the provider fills in.</summary>
    private static readonly string[] Filled = ["project", "region", "tags_all"];

    private readonly Dictionary<string, List<BindingField>> _converters = [];
    private readonly Dictionary<string, HashSet<string>> _required = [];
    private readonly Dictionary<string, List<(string Name, string Type)>> _computed = [];
    private string _main = "";

    public static BindingFile Read(string folder)
    {
        var file = new BindingFile();
        file.ReadScript(File.ReadAllText(Path.Combine(folder, "index.js")));
        file.ReadDeclarations(File.ReadAllText(Path.Combine(folder, "index.d.ts")));
        return file;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteBlock(json, _main, _main + "Config", isTop: true);
        json.WriteEndObject();
    }

    private void ReadScript(string script)
    {
        foreach (Match match in ConverterPattern().Matches(script))
        {
            var name = match.Groups[1].Value;
            _converters[char.ToUpperInvariant(name[0]) + name[1..]] = [.. BindingField.ReadAll(match.Groups[2].Value)];
        }

        foreach (Match match in ClassPattern().Matches(script))
        {
            var (name, body) = (match.Groups[1].Value, match.Groups[3].Value);
            if (match.Groups[2].Value is "TerraformResource" or "TerraformDataSource" or "TerraformProvider")
            {
                _main = name;
                var arguments = body.IndexOf("synthesizeHclAttributes", StringComparison.Ordinal);
                _converters[name] = [.. BindingField.ReadAll(body[arguments..])];
            }

            _computed[name.Replace("OutputReference", "", StringComparison.Ordinal)] =
                [.. ComputedPattern().Matches(body).Select(ReadComputed).OfType<(string, string)>()];
        }
    }

    private static (string, string)? ReadComputed(Match match)
    {
        var isSet = match.Groups[2].Value.Contains("Fn.tolist", StringComparison.Ordinal);
        string? type = match.Groups[3].Value switch
        {
            "String" => "string",
            "Number" => "number",
            "Boolean" => "bool",
            "List" => isSet ? "set(string)" : "list(string)",
            "NumberList" => isSet ? "set(number)" : "list(number)",
            _ => null,
        };
        return type is null ? null : (match.Groups[1].Value, type);
    }

    private void ReadDeclarations(string declarations)
    {
        foreach (Match match in InterfacePattern().Matches(declarations))
        {
            _required[match.Groups[1].Value] =
                [.. RequiredPattern().Matches(match.Groups[2].Value).Select(m => m.Groups[1].Value)];
        }
    }

    private void WriteBlock(Utf8JsonWriter json, string name, string declaration, bool isTop)
    {
        var fields = _converters.GetValueOrDefault(name, []).Where(f => !isTop || !Ignored.Contains(f.Name)).ToList();
        var required = _required.GetValueOrDefault(declaration, []);
        json.WriteStartObject("attributes");
        if (isTop && name.EndsWith("Provider", StringComparison.Ordinal) is false)
        {
            json.WriteString("id", "computed string");
        }

        foreach (var field in fields.Where(f => f.Converter is null).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var use = required.Contains(field.Property) ? "required"
                : isTop && Filled.Contains(field.Name) ? "optional computed" : "optional";
            json.WriteString(field.Name, $"{use} {field.Type}");
        }

        foreach (var (computed, type) in Computed(name, fields))
        {
            json.WriteString(computed, $"computed {type}");
        }

        json.WriteEndObject();
        WriteNested(json, fields.Where(f => f.Converter is not null), required);
    }

    private IEnumerable<(string Name, string Type)> Computed(string name, List<BindingField> fields) =>
        _computed.GetValueOrDefault(name, [])
            .Where(c => c.Name != "id" && fields.TrueForAll(f => f.Name != c.Name))
            .OrderBy(c => c.Name, StringComparer.Ordinal);

    private void WriteNested(Utf8JsonWriter json, IEnumerable<BindingField> blocks, HashSet<string> required)
    {
        var written = blocks.Where(b => b.Name != "timeouts").OrderBy(b => b.Name, StringComparer.Ordinal).ToList();
        if (written.Count == 0)
        {
            return;
        }

        json.WriteStartObject("blocks");
        foreach (var block in written)
        {
            json.WriteStartObject(block.Name);
            if (block.IsSet)
            {
                json.WriteBoolean("set", true);
            }

            if (required.Contains(block.Property))
            {
                json.WriteNumber("min", 1);
            }

            if (block.IsSingle)
            {
                json.WriteNumber("max", 1);
            }

            WriteBlock(json, block.Converter!, block.Converter!, isTop: false);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    [GeneratedRegex(
        @"^function (\w+)" + ConverterEnd + @"\(struct\) \{\n(.*?)^\}",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ConverterPattern();

    [GeneratedRegex(
        @"^class (\w+) extends cdktf\.(\w+) \{\n(.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ClassPattern();

    [GeneratedRegex(
        @"// (\w+) - computed: true, optional: false, required: false\s+get \w+\(\) \{"
        + @"\s+return (.*?)this\.get(\w+?)Attribute\(")]
    private static partial Regex ComputedPattern();

    [GeneratedRegex(@"^export interface (\w+)[^{]*\{\n(.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex InterfacePattern();

    [GeneratedRegex(@"^    readonly (\w+): ", RegexOptions.Multiline)]
    private static partial Regex RequiredPattern();
}
