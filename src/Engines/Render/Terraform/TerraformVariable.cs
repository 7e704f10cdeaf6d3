namespace Farspan.Render;

/// <summary>A variable of a Terraform module.</summary>
/// <param name="Name">Unique in the module.</param>
/// <param name="Type">As Terraform writes it: <c>string</c>, <c>list(string)</c>.</param>
/// <param name="Description">For whoever sets it.</param>
internal sealed record TerraformVariable(string Name, string Type, string Description)
{
    /// <summary>Null: it must be set.</summary>
    public HclValue? Default { get; init; }

    /// <summary>Whether Terraform keeps it out of what it prints.</summary>
    public bool IsSensitive { get; init; }
}
