namespace Farspan.Render;

/// <summary>The versions that rendered configuration is made for, and is checked against.</summary>
internal static class TerraformVersions
{
    public const string Aws = "aws";
    public const string Google = "google";
    private const string Terraform = ">= 1.10";

    public static void Require(HclBody terraform, IEnumerable<string> providers) => terraform
        .Set("required_version", Terraform)
        .Block("required_providers", required =>
        {
            foreach (var provider in providers)
            {
                required.Set(provider, Hcl.Map(
                    ("source", $"hashicorp/{provider}"),
                    ("version", provider == Aws ? "~> 6.25" : ">= 6.50, < 8.0")));
            }
        });
}
