using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Farspan.Configuration;
using Farspan.Render;

namespace Farspan.Terraform.Tests;

/// <summary>What rendering promises whether Terraform is there or not.</summary>
public sealed partial class RenderingTests
{
    public static TheoryData<string> Sound => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Sound))]
    public void RenderingTwice_GivesTheSameBytes(string sample) =>
        Assert.Equal(Samples.Render(sample).AsEnumerable(), Samples.Render(sample).AsEnumerable());

    [Theory]
    [MemberData(nameof(Sound))]
    public void EveryTerraformFile_IsHcl(string sample) => Assert.All(
        Samples.Render(sample).Where(f => f.Path.EndsWith(".tf", StringComparison.Ordinal)),
        file => Assert.True(HclSyntax.Check(file.Text) is null, $"{file.Path}:{HclSyntax.Check(file.Text)}"));

    [Theory]
    [MemberData(nameof(Sound))]
    public void ASmallChange_ChangesOnlyTheLinesThatSayIt(string sample)
    {
        var before = Samples.Render(sample);
        var after = Samples.Render(sample, text =>
            text.Replace("logRetentionDays: 90", "logRetentionDays: 30", StringComparison.Ordinal));

        var changed = before.Zip(after).Where(p => p.First != p.Second).ToList();

        Assert.Equal(before.Select(f => f.Path), after.Select(f => f.Path));
        Assert.Equal(2, changed.Count);
        Assert.All(changed, pair => Assert.EndsWith("-aws/logs.tf", pair.First.Path, StringComparison.Ordinal));
        Assert.All(changed, pair => Assert.All(
            pair.First.Text.Split('\n').Zip(pair.Second.Text.Split('\n')).Where(l => l.First != l.Second),
            line => Assert.Contains("retention_in_days", line.First, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void AnotherCarrier_RenamesNothingThatWasThere(string sample)
    {
        var before = ResourceNames(Samples.Render(sample));
        var after = ResourceNames(Samples.Render(sample, text => text.Replace(
            "carriers:\n",
            "carriers:\n  - name: initech\n    sources: [192.0.2.64/28]\n    targets: [east, west]\n"
            + "    peakCalls: 10\n",
            StringComparison.Ordinal)));

        Assert.Empty(before.Except(after));
    }

    private static List<string> ResourceNames(IEnumerable<RenderedFile> files) =>
        [.. files.Where(f => f.Path.EndsWith(".tf", StringComparison.Ordinal))
            .SelectMany(f => f.Text.Split('\n').Where(l => l.StartsWith("resource ", StringComparison.Ordinal))
                .Select(l => $"{f.Path} {l}"))];

    [Theory]
    [MemberData(nameof(Sound))]
    public void TheConfigurationOfAConnector_IsOneThatItLoads(string sample)
    {
        var cloudInit = Samples.Render(sample)
            .First(f => f.Path.EndsWith("connector.cloud-init.yaml.tftpl", StringComparison.Ordinal)).Text;
        var ids = 0;
        var filled = IdPattern().Replace(cloudInit, _ => $"{++ids:00000000}-1234-1234-1234-123456789012");
        var lines = filled.Split('\n').SkipWhile(l => !l.Contains("content: |", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(l => l.StartsWith("      ", StringComparison.Ordinal)).Select(l => l[6..]);

        var (model, findings) = ConfigurationFile.Load(
            System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)), "farspan.yaml");

        Assert.True(model is not null, string.Join('\n', findings));
        Assert.NotEmpty(model.Connect.Instances);
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void EveryLinkOfARenderedDocument_LeadsToARenderedFile(string sample)
    {
        var files = Samples.Render(sample);
        var dead = from file in files.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal))
                   from part in file.Text.Split("](").Skip(1)
                   let link = part.Split(')')[0]
                   where !files.Any(f => f.Path == link || f.Path.StartsWith(link + "/", StringComparison.Ordinal))
                   select $"{file.Path}: {link}";

        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void NoSecret_IsWritten(string sample) => Assert.DoesNotContain(
        Samples.Render(sample), file => file.Text.Contains("literal:", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Sound))]
    public void EveryYamlAndJsonFile_CanBeRead(string sample)
    {
        foreach (var file in Samples.Render(sample))
        {
            if (file.Path.EndsWith(".json", StringComparison.Ordinal))
            {
                Assert.NotNull(JsonNode.Parse(file.Text));
            }
            else if (file.Path.Contains(".yaml", StringComparison.Ordinal)
                || file.Path.EndsWith(".yml", StringComparison.Ordinal))
            {
                var bytes = System.Text.Encoding.UTF8.GetBytes(file.Text);
                Assert.Empty(YamlConfigurationReader.Read(bytes, file.Path).Findings);
            }
        }
    }

    [Fact]
    public void EveryMetricOfTheGrafanaDashboard_IsOneThatNodesShow()
    {
        var known = File.ReadAllText(Path.Combine(Samples.Root, "docs", "metrics.md"));
        var dashboard = Samples.Render(Samples.Names.First()).Single(f => f.Path == "dashboards/grafana.json").Text;

        var unknown = MetricPattern().Matches(dashboard)
            .Select(m => m.Value.Replace("_bucket", "", StringComparison.Ordinal))
            .Distinct().Where(m => !known.Contains($"`{m}`", StringComparison.Ordinal));

        Assert.Empty(unknown);
    }

    [Fact] // The guide's own design is not sound: what it is must still be shown, not thrown.
    public void AnUnsoundNetwork_IsRenderedAllTheSame() => Assert.NotEmpty(Samples.Render("guide-as-written"));

    [GeneratedRegex("farspan_[a-z_]+")]
    private static partial Regex MetricPattern();

    [GeneratedRegex(@"\$\{\w+\}")]
    private static partial Regex IdPattern();
}
