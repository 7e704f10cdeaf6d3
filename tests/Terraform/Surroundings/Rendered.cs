using System.Collections.Immutable;
using Farspan.Render;

namespace Farspan.Terraform.Tests;

/// <summary>Rendered files in a folder, with values for their variables.</summary>
internal static class Rendered
{
    private const string Terraform = "terraform/";
    private const string Parallel = "-parallelism=30";

    public static TerraformFolder Write(ImmutableArray<RenderedFile> files, RunningProviders providers)
    {
        var folder = new TerraformFolder(providers);
        foreach (var file in files.Where(f => f.Path.StartsWith(Terraform, StringComparison.Ordinal)))
        {
            folder.Write(file.Path[Terraform.Length..], file.Text);
        }

        folder.Write("test.auto.tfvars.json", TerraformVariables.Write(files));
        return folder;
    }

    /// <summary>From the formatting to the destruction; in between nothing may want to change by itself.</summary>
    public static async Task RequireWholeLifeAsync(this TerraformFolder folder)
    {
        (await folder.RunAsync("fmt", "-check", "-diff", "-recursive", "-no-color")).RequireSuccess();

        // The state is kept in a bucket; the test has none.
        File.Delete(Path.Combine(folder.Path, "backend.tf"));
        (await folder.RunAsync("get", "-no-color")).RequireSuccess();
        (await folder.RunAsync("validate", "-no-color")).RequireSuccess();
        (await folder.RunAsync("plan", "-out=plan", "-no-color", "-input=false")).RequireSuccess();
        (await folder.RunAsync("apply", "-no-color", "-input=false", Parallel, "plan")).RequireSuccess();
        var second = await folder.RunAsync("plan", "-detailed-exitcode", "-no-color", "-input=false");
        var destroyed = await folder.RunAsync("destroy", "-auto-approve", "-no-color", "-input=false", Parallel);

        second.RequireSuccess();
        Assert.Contains("No changes.", second.Output, StringComparison.Ordinal);
        destroyed.RequireSuccess();
    }
}
