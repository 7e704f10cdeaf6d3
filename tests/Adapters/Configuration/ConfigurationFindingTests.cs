using Farspan.Topology;

namespace Farspan.Configuration.Tests;

/// <summary>What is wrong is told with its place (marked '§' here), and with what to write instead.</summary>
public sealed class ConfigurationFindingTests
{
    /// <summary>Rule, a part of the advice, and the lines after <see cref="Yaml.Connect"/>.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { "CFG-002", "UTF-8", "sip: §\u0001" },
        { "CFG-003", "quotes and brackets", "sip: {a: b§]" },
        { "CFG-003", "Remove the line '---'", "§---\nsip: {}" },
        { "CFG-003", "'!'", "node: §!secret {}" },
        { "CFG-003", "quote the value", "node: §*nobody" },
        { "CFG-004", "simpler", "node: " + new string('[', 31) + "§[" + new string(']', 32) },
        { "CFG-005", "Remove one", "node: {}\n§node: {}" },
        { "CFG-005", "Remove one", "defaultRoute: {attributes: {a: x, §a: y}}" },
        { "CFG-006", "Did you mean 'region'?", "node: {§regoin: x}" },
        { "CFG-006", "known here: name, roles", "node: {§colour: x}" },
        { "CFG-007", "Add sources: [203.0.113.0/24]", "sip: {trunks: [§{name: a}]}" },
        { "CFG-008", "Write a list", "routes: §5" },
        { "CFG-008", "such as 2000", "calls: {max: §[1]}" },
        { "CFG-008", "Write a mapping", "calls: §[1]" },
        { "CFG-008", "Write a word", "sip: {§[a]: b}" },
        { "CFG-009", "a whole number from 1 to 100000, such as 2000", "calls: {max: §0}" },
        { "CFG-009", "a duration from 1s to 3m", "calls: {ringingLimit: §20}" },
        { "CFG-009", "a duration from 1s to 3m", "calls: {ringingLimit: §4m}" },
        { "CFG-009", "Did you mean 'warning'?", "logging: {level: §warnings}" },
        { "CFG-009", "Did you mean '10.0.0.0/8'?", "sip: {trunks: [{name: a, sources: [§10.0.0.1/8]}]}" },
        { "CFG-009", "`any`", "sip: {trunks: [{name: a, sources: §all}]}" },
        { "CFG-009", "such as udp:", "sip: {listen: [§sctp:127.0.0.1:5060]}" },
        { "CFG-009", "a pattern", "routes: [{match: {called: §/(/}}]" },
        { "CFG-009", "{calling}", "defaultRoute: {displayName: §'{caller}'}" },
        { "CFG-009", "'-' and '_'", "attributes: {calling: §a b}" },
        { "CFG-009", "env:NAME", "admin: {password: §secret}" },
        { "CFG-009", "IP address and port", "admin: {listen: §localhost:8443}" },
        { "CFG-009", "20000-29999", "media: {ports: §9-8}" },
        { "CFG-010", "Did you mean 'default'?", "routes: [{match: {trunk: §defualt}}]" },
        { "CFG-010", "Did you mean 'main'?", "routes: [{to: {instance: §mian}}]" },
        { "CFG-011", "another name", "routes: [{name: a}, {name: §a, match: {called: '1'}}]" },
        { "CFG-011", "another name", "attributes: {headers: §[ani]}" },
        { "CFG-012", "Add the key sip.tls", "sip: {listen: §[tls:127.0.0.1:5061]}" },
        { "CFG-012", "another port", "sip: {listen: §[udp:127.0.0.1:5060, udp:127.0.0.1:5060]}" },
        { "CFG-012", "Make it shorter", "media: {jitterBuffer: {min: §300ms}}" },
        { "CFG-012", "the node's own address", "media: {address: §0.0.0.0}" },
        { "CFG-013", "remove the key", "logging: {level: §}" },
        { "CFG-014", "Put the route", "routes: [{name: a}, {match: {called: '1'}, to: §{}}]" },
        { "CFG-016", "transports: [tls]", "sip: {trunks: [{name: a, sources: any, srtp: §require}]}" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AFault_HasItsRule_ItsPlace_AndItsAdvice(string rule, string advice, string lines)
    {
        var (text, place) = Yaml.TakeMark(Yaml.Connect + lines);

        var findings = Yaml.Load(text).Findings;

        var finding = Assert.Single(findings, finding => finding.Id == rule);
        Assert.Equal(place, finding.Place);
        Assert.Contains(advice, finding.Fix);
        Assert.NotEmpty(finding.What);
    }

    [Theory]
    [InlineData("[{name: a, instanceId: i, region: r}]", "CFG-007", "contactFlow")]
    [InlineData(
        "[{name: a, instanceId: i, region: r}, {name: b, instanceId: i, region: r}]",
        "CFG-011", "another name")]
    [InlineData(
        "[{name: a, instanceId: i, region: r, quota: {burst: 9}}, {name: b, instanceId: j, region: r}]",
        "CFG-012", "one rate for all")]
    [InlineData("[{name: a, instanceId: i, region: r, credentials: static}]", "CFG-007", "accessKeyId")]
    [InlineData(
        "[{name: a, instanceId: i, region: r, credentials: {kind: imds, profile: p}}]", "CFG-012",
        "change `kind`")]
    [InlineData("[{name: a, instanceId: i, region: r, endpoint: 'ftp://x'}]", "CFG-009", "http")]
    public void AFaultOfAnInstance_HasItsRule_AndItsAdvice(string instances, string rule, string advice)
    {
        var outcome = Yaml.Load($"connect: {{instances: {instances}}}");

        Assert.Null(outcome.Model);
        Assert.Contains(outcome.Findings, finding => finding.Id == rule && finding.Fix.Contains(advice));
    }

    [Fact]
    public void EveryRule_IsTestedHere_OrNeedsAFileOfItsOwn()
    {
        var tested = Faults.Select(row => (string)row[0]).Append("CFG-001").Append("CFG-015");

        Assert.Equal(FindingRules.All.Select(rule => rule.Id), tested.Distinct().Order());
    }

    [Fact]
    public void AllFindings_AreToldAtOnce_InTheOrderOfTheFile()
    {
        var outcome = Yaml.Load(
            Yaml.Connect + "calls: {max: 0}\nnoed: {}\nroutes: [{match: {trunk: x}}]\nmedia: {dscp: 64}");

        Assert.Equal(
            ["CFG-009", "CFG-006", "CFG-010", "CFG-009"], outcome.Findings.Select(finding => finding.Id));
        Assert.Equal([2, 3, 4, 5], outcome.Findings.Select(finding => finding.Place.Line));
    }

    [Fact]
    public void AFinding_PrintsAsOneLine_AsCompilersDo() =>
        Assert.Equal(
            "farspan.yaml:2:14: error CFG-009: calls.max: '0' is not a whole number from 1 to 100000. "
            + "Write a whole number from 1 to 100000, such as 2000.",
            Yaml.Load(Yaml.Connect + "calls: {max: 0}").Findings[0].ToString());

    [Fact]
    public void AFileThatDoesNotExist_IsAFinding()
    {
        var outcome = ConfigurationFile.Load("/nowhere/farspan.yaml");

        Assert.Equal("CFG-001", Assert.Single(outcome.Findings).Id);
        Assert.Equal("/nowhere/farspan.yaml", outcome.Findings[0].Place.ToString());
    }

    [Fact]
    public void AFileWithoutEnd_IsAFinding() =>
        Assert.Equal("CFG-004", Assert.Single(ConfigurationFile.Load("/dev/zero").Findings).Id);
}
