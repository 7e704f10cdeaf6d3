namespace Farspan.Terraform.Tests;

/// <summary>
/// Tests that run Terraform: one after the other, for each uses all processors, with the same providers.
/// </summary>
[CollectionDefinition(Name)]
public sealed class TerraformCollection : ICollectionFixture<RunningProviders>
{
    public const string Name = "Terraform";
}
