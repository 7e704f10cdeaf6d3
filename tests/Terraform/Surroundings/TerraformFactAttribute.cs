namespace Farspan.Terraform.Tests;

/// <summary>A fact judged by Terraform itself; skipped, and seen to be, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerraformFactAttribute : FactAttribute
{
    public TerraformFactAttribute() => Skip = TerraformProgram.Absence;
}

/// <summary>The same for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerraformTheoryAttribute : TheoryAttribute
{
    public TerraformTheoryAttribute() => Skip = TerraformProgram.Absence;
}
