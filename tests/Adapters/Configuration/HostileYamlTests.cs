using System.Text;
using CsCheck;
using Farspan.Topology;

namespace Farspan.Configuration.Tests;

/// <summary>
/// Anything may be in the file: a model, or findings with a place; never an exception, never without end.
/// </summary>
public sealed class HostileYamlTests
{
    private static readonly byte[] Sample = File.ReadAllBytes(Yaml.InRepository("samples/connector.yaml"));

    /// <summary>Large files of one kind of nonsense each.</summary>
    public static TheoryData<string, string, string> Floods => new()
    {
        { "", "[", "" },
        { "", "{a: ", "" },
        { "", "- ", "" },
        { "", "? ", "" },
        { "", "a: b\n", "" },
        { "", "&a ", "" },
        { "", "*a ", "" },
        { "", "!a ", "" },
        { "", "%", "" },
        { "", "\n", "" },
        { "#", "x", "" },
        { "a: \"", "x", "" },
        { "a: '", "'", "" },
        { "a: |\n", " x\n", "" },
        { "", "x", ": b" },
        { "[", "1, ", "]" },
        { "routes: [", "{match: {trunk: nobody}}, ", "]" },
        { "attributes: {headers: [", "X-A, ", "]}" },
        { "regions: [", "{name: a, google: b, aws: c}, ", "]" },
        { "carriers: [", "{name: a, peakCalls: 1}, ", "]" },
        { "regions: [{name: a, google: b, aws: c, links: [", "{}, ", "]}]" },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void AFlood_IsBounded_AndGivesFindings(string start, string repeated, string end)
    {
        var room = TopologyLimits.FileBytesMax - start.Length - end.Length;
        var text = start + string.Concat(Enumerable.Repeat(repeated, room / repeated.Length)) + end;

        var outcome = Yaml.Load(text);

        Assert.Null(outcome.Model);
        Assert.InRange(outcome.Findings.Length, 1, TopologyLimits.FindingsMax + 1);
        Assert.All(outcome.Findings, finding => Assert.InRange(finding.ToString().Length, 1, 2_000));
    }

    [Fact]
    public void AFileOverTheLimit_IsNotEvenParsed() =>
        Assert.Equal(
            "CFG-004", Assert.Single(Yaml.Load(new byte[TopologyLimits.FileBytesMax + 1]).Findings).Id);

    [Fact]
    public void AliasesThatStandForBillions_AreRefused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            var aliases = string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10));
            bomb.Append($"a{i}: &a{i} [{aliases}]\n");
        }

        var finding = Assert.Single(Yaml.Load(bomb.ToString()).Findings);

        Assert.Equal("CFG-004", finding.Id);
        Assert.Contains("aliases written out", finding.What);
    }

    [Fact]
    public void MergesThatStandForBillions_AreRefused()
    {
        var bomb = new StringBuilder("a0: &a0 {x: 1}\n");
        for (var i = 1; i < 40; i++)
        {
            bomb.Append($"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}], k{i}: 1}}\n");
        }

        Assert.Contains(Yaml.Load(bomb.ToString()).Findings, finding => finding.Id == "CFG-004");
    }

    [Fact]
    public void AnAliasInsideItsOwnAnchor_IsRefused() =>
        Assert.Contains(Yaml.Load("a: &a [*a]").Findings, finding => finding.Id == "CFG-003");

    [Fact]
    public void AFileThatEndsAnywhere_GivesAModelOrFindingsWithAPlace()
    {
        for (var length = 0; length <= Sample.Length; length += 5)
        {
            Check(Sample.AsSpan(0, length));
        }
    }

    [Fact]
    public void ArbitraryBytes_GiveAModelOrFindingsWithAPlace() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Check(bytes), iter: 2_000);

    [Fact]
    public void ArbitraryYamlSigns_GiveAModelOrFindingsWithAPlace() =>
        Gen.OneOf(
                "a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "? ", "&a ", "*a ", "!x ", "<<: ", "'",
                "\"", "|\n", ">-\n", "#", "---\n", "...\n", "%YAML 99999999999.1\n", "%TAG ! x\n",
                "\"\\UFFFFFFFF\"",
                "\"\\xZ\"", "\t", "\r",
                "sip: ", "connect: ", "é", "\u2028", "\uFEFF")
            .Array[0, 30]
            .Sample(parts => Check(Encoding.UTF8.GetBytes(string.Concat(parts))), iter: 5_000);

    [Fact]
    public void ASampleWithForeignBytes_GivesAModelOrFindingsWithAPlace() =>
        Gen.Select(Gen.Int[0, Sample.Length - 1], Gen.OneOf(Gen.Byte, Gen.OneOf([.. "[: \n"u8])))
            .Array[1, 4]
            .Sample(
                edits =>
                {
                    var bytes = Sample.ToArray();
                    foreach (var (position, value) in edits)
                    {
                        bytes[position] = value;
                    }

                    Check(bytes);
                },
                iter: 2_000);

    private static void Check(ReadOnlySpan<byte> content)
    {
        var outcome = Yaml.Load(content);
        if (outcome.Model is null)
        {
            Assert.Contains(outcome.Findings, finding => finding.Place.Line > 0);
        }
    }
}
