namespace Farspan.Terraform.Tests;

/// <summary>Terraform or OpenTofu, whichever is installed.</summary>
internal static class TerraformProgram
{
    private static readonly string[] Names = ["terraform", "tofu"];

    /// <summary>Null: neither is installed.</summary>
    public static string? Path { get; } = Find();

    /// <summary>What to say where it is missing; null where it is there.</summary>
    public static string? Absence => Path is null
        ? "neither terraform nor tofu is installed: rendered files were checked for syntax only" : null;

    private static string? Find() =>
        Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
                .Select(folder => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
