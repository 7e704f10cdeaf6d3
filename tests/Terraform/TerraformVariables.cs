using System.Text.Json;
using System.Text.RegularExpressions;
using Farspan.Render;

namespace Farspan.Terraform.Tests;

/// <summary>A value for every variable that a rendered root asks for.</summary>
internal static partial class TerraformVariables
{
    public static string Write(IEnumerable<RenderedFile> files)
    {
        var text = files.FirstOrDefault(f => f.Path == "terraform/variables.tf")?.Text ?? "";
        return JsonSerializer.Serialize(VariablePattern().Matches(text)
            .Where(m => !m.Groups[2].Value.Contains("default", StringComparison.Ordinal))
            .ToDictionary(m => m.Groups[1].Value, m => $"value-of-{m.Groups[1].Value}"));
    }

    [GeneratedRegex("""^variable "(\w+)" \{\n(.*?)^\}""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex VariablePattern();
}
