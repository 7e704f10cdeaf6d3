using System.Collections.Immutable;
using System.Diagnostics;
using Farspan.Render;

namespace Farspan.Terraform.Tests;

/// <summary>Each sample, rendered, through the whole of Terraform's life with the stub providers.</summary>
[Collection(TerraformCollection.Name)]
public sealed class RenderedSampleTests(RunningProviders providers)
{
    private const string Terraform = "terraform/";
    private const string Parallel = "-parallelism=30";
    private static readonly TimeSpan CycleMax = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Sound => [.. Samples.Names];

    [TerraformTheory]
    [MemberData(nameof(Sound))]
    public async Task ASample_IsFormatted_Valid_Applied_Stable_AndDestroyed(string sample)
    {
        using var folder = Write(Samples.Render(sample));
        var clock = Stopwatch.StartNew();

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
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, CycleMax);
    }

    [TerraformFact]
    public async Task APlantedFaultInARenderedFile_IsFound()
    {
        var files = Samples.Render(Samples.Names.First())
            .Select(f => f with { Text = f.Text.Replace("vpn_ecmp_support", "vpn_ecmp", StringComparison.Ordinal) });
        using var folder = Write([.. files]);
        (await folder.RunAsync("get", "-no-color")).RequireSuccess();

        (await folder.RunAsync("validate", "-no-color")).RequireFailure("Unsupported argument");
    }

    private TerraformFolder Write(ImmutableArray<RenderedFile> files)
    {
        var folder = new TerraformFolder(providers);
        foreach (var file in files.Where(f => f.Path.StartsWith(Terraform, StringComparison.Ordinal)))
        {
            folder.Write(file.Path[Terraform.Length..], file.Text);
        }

        folder.Write("test.auto.tfvars.json", TerraformVariables.Write(files));
        return folder;
    }
}
