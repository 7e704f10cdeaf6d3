using System.Diagnostics;
using Farspan.Render;

namespace Farspan.Terraform.Tests;

/// <summary>Each sample, rendered, through the whole of Terraform's life with the stub providers.</summary>
[Collection(TerraformCollection.Name)]
public sealed class RenderedSampleTests(RunningProviders providers)
{
    private static readonly TimeSpan CycleMax = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Sound => [.. Samples.Names];

    [TerraformTheory]
    [MemberData(nameof(Sound))]
    public async Task ASample_IsFormatted_Valid_Applied_Stable_AndDestroyed(string sample)
    {
        using var folder = Rendered.Write(Samples.Render(sample), providers);
        var clock = Stopwatch.StartNew();

        await folder.RequireWholeLifeAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, CycleMax);
    }

    [TerraformFact]
    public async Task APlantedFaultInARenderedFile_IsFound()
    {
        var files = Samples.Render(Samples.Names.First())
            .Select(f => f with { Text = f.Text.Replace("vpn_ecmp_support", "vpn_ecmp", StringComparison.Ordinal) });
        using var folder = Rendered.Write([.. files], providers);
        (await folder.RunAsync("get", "-no-color")).RequireSuccess();

        (await folder.RunAsync("validate", "-no-color")).RequireFailure("Unsupported argument");
    }
}
