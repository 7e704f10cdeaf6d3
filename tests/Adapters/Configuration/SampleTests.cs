using Farspan.Topology;

namespace Farspan.Configuration.Tests;

/// <summary>The files that people start from.</summary>
public sealed class SampleTests
{
    /// <summary>Lines of a whole network that somebody still reads at once.</summary>
    private const int ShortLines = 90;

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Yaml.InRepository("samples"), "*.yaml").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void EverySample_IsReadWithoutAFinding(string name)
    {
        var outcome = ConfigurationFile.Load(Yaml.InRepository($"samples/{name}"));

        Assert.Empty(outcome.Findings);
        Assert.NotNull(outcome.Model);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void NoSample_IsUnderlinedByAnEditor(string name)
    {
        var path = Yaml.InRepository($"samples/{name}");
        var root = YamlConfigurationReader.Read(File.ReadAllBytes(path), path).Root!;

        Assert.Empty(new EditorSchema().Judge(root));
    }

    [Theory]
    [InlineData("regions: [{name: a, google: b, aws: c, conector: {}}]", ".regions[0].conector")]
    [InlineData("regions: [{name: a, google: b}]", ".regions[0].aws")]
    [InlineData("crossRegion: {fallback: summary}", ".crossRegion.fallback")]
    [InlineData("links: {bandwidth: much}", ".links.bandwidth")]
    [InlineData("carriers: {name: a}", ".carriers")]
    public void AnEditor_UnderlinesWhatTheLoaderRefuses(string text, string path)
    {
        var root = YamlConfigurationReader.Read(System.Text.Encoding.UTF8.GetBytes(text), "f").Root!;

        Assert.Equal([path], new EditorSchema().Judge(root));
        Assert.NotEmpty(ConfigurationLoader.Load(root, "f").Findings);
    }

    [Theory]
    [InlineData("two-regions-partner-cci.yaml", LinkTransport.PartnerCrossCloud)]
    [InlineData("two-regions-cci.yaml", LinkTransport.CrossCloud)]
    [InlineData("two-regions-colo.yaml", LinkTransport.Colo)]
    [InlineData("two-regions-ha-vpn.yaml", LinkTransport.HaVpn)]
    public void TheGuidesSystem_OnEachTransport_IsShort(string name, LinkTransport transport)
    {
        var path = Yaml.InRepository($"samples/{name}");

        var network = ConfigurationFile.Load(path).Model!.Network!;

        Assert.All(network.Links, link => Assert.Equal(transport, link.Transport));
        Assert.InRange(File.ReadLines(path).Count(), 1, ShortLines);
        Assert.InRange(network.Elements.Count(), 80, 400);
    }

    [Fact]
    public void APlace_IsTheLineAndColumnOfTheFile()
    {
        var path = Yaml.InRepository("samples/guide-as-written.yaml");
        var network = ConfigurationFile.Load(path).Model!.Network!;

        var lines = File.ReadAllLines(path);
        var place = network.TransitGateways[1].PlaceOf("asn");
        Assert.StartsWith("64513", lines[place.Line - 1][(place.Column - 1)..]);
        Assert.Equal("regions[1].transitGateway.asn", network.TransitGateways[1].Origin.PathOf("asn"));
    }

    [Fact]
    public void EveryTruncatedSample_GivesFindingsWithAPlace_OrAModel()
    {
        var content = File.ReadAllBytes(Yaml.InRepository("samples/two-regions-cci.yaml"));

        for (var length = 0; length < content.Length; length += 7)
        {
            var outcome = Yaml.Load(content.AsSpan(0, length));

            Assert.True(
                outcome.Model is not null || outcome.Findings.Any(finding => finding.Place.Line > 0),
                $"{length} bytes");
        }
    }
}
