using System.Reflection;
using System.Text.RegularExpressions;

namespace Farspan.Topology.Tests;

/// <summary>The catalogue as a whole: complete, readable, tested, and printed as it is.</summary>
public sealed partial class RuleCatalogueTests
{
    /// <summary>Set to 1, the test writes the page instead of comparing it.</summary>
    private const string UpdateVariable = "FARSPAN_UPDATE_DOCS";

    private const int NetworkRulesCount = 147;

    private static readonly (string Family, int Count)[] Families =
    [
        ("ADR", 10), ("BGP", 24), ("LNK", 20), ("TGW", 19), ("VPC", 8), ("LBH", 14), ("SIP", 12), ("MED", 6),
        ("TLS", 4), ("CAP", 7), ("CON", 10), ("DNS", 3), ("MON", 6), ("MGT", 4),
    ];

    [Fact]
    public void EveryFamily_IsNumberedWithoutGaps()
    {
        Assert.Equal(NetworkRulesCount, NetworkRules.All.Length);
        Assert.Equal(
            Families.SelectMany(each => Enumerable.Range(1, each.Count).Select(n => $"{each.Family}-{n:000}")).Order(),
            NetworkRules.All.Select(rule => rule.Id).Order());
    }

    [Fact]
    public void EveryRule_SaysWhatWhyHowAndWhere() => Assert.All(NetworkRules.All, rule =>
    {
        Assert.NotEmpty(rule.Title);
        Assert.DoesNotMatch(@"\.$", rule.Title);
        Assert.Matches(@"[.?]$", rule.Why);
        Assert.Matches(@"\.$", rule.Mend);
        Assert.NotEmpty(rule.Source);
    });

    [Fact]
    public void EveryRule_BelongsToAFamilyOfThePage() => Assert.All(RuleCatalogue.All, rule =>
        Assert.Contains(RuleCatalogue.Families, family => family.Family == rule.Family));

    [Fact]
    public void EveryRuleThatTheFileDecides_HasABreachAndANearMiss()
    {
        var decided = NetworkRules.All.Where(rule => rule.Evidence == RuleEvidence.File).Select(rule => rule.Id);

        Assert.Empty(decided.Except(Tested("ABreach_IsFound")));
        Assert.Empty(decided.Except(Tested("ANearMiss_IsLeftAlone")));
    }

    [Fact]
    public void WhatTheFileDoesNotDecide_IsListedAsSuch() => Assert.Equal(
        ["ADR-006", "LNK-012", "TGW-010", "LBH-013", "TLS-003", "CON-008", "MGT-002"],
        NetworkRules.All.Where(rule => rule.Evidence != RuleEvidence.File).Select(rule => rule.Id));

    [Fact]
    public void ASoundNetwork_BreaksNoRule() => Assert.Equal(
        ["BGP-009", "CAP-007", "CAP-007", "CON-009"],
        SoundNetwork.Check("").Select(finding => finding.Id).Order());

    [Fact]
    public void ARule_IsFoundInWhateverCase()
    {
        Assert.Equal("BGP-003", RuleCatalogue.Find("bgp-003")?.Id);
        Assert.Null(RuleCatalogue.Find("BGP-03"));
        Assert.Equal("BGP-003", RuleCatalogue.Nearest("BGP-03"));
    }

    [Fact]
    public void ThePageOfARule_SaysEverything()
    {
        var page = RuleReference.WriteRule(RuleCatalogue.Find("LNK-012")!);

        Assert.StartsWith("### LNK-012\n", page);
        Assert.Contains("(warning)", page);
        Assert.Contains("*Mend*: ", page);
        Assert.Contains("*Source*: ", page);
        Assert.Contains("*Decided by*: a Terraform plan", page);
    }

    [Fact]
    public void TheDocument_IsWhatTheRulesSay()
    {
        var path = Path.Combine(FindRoot(), "docs", "rules.md");
        var expected = RuleReference.Write();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            $"docs/rules.md is out of date: run this test with {UpdateVariable}=1, commit the page.");
    }

    /// <summary>The rules that test cases of this name are about, and those that have tests of their own.</summary>
    private static IEnumerable<string> Tested(string method) =>
        from type in typeof(RuleCatalogueTests).Assembly.GetTypes()
        where type.Name.EndsWith("RuleTests", StringComparison.Ordinal)
        from test in type.GetMethods()
        let own = OwnTestPattern().Match(test.Name)
        from rule in own.Success
            ? [$"{own.Groups[1].Value.ToUpperInvariant()}-{own.Groups[2].Value}"]
            : test.GetCustomAttributes<InlineDataAttribute>()
                .Where(_ => test.Name == method)
                .Select(data => (string)data.GetData(test).Single()[0])
        select rule;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Farspan.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException(
            "The repository was not found above the tests.");
    }

    [GeneratedRegex(@"^([A-Z][a-z]{2})(\d{3})_")]
    private static partial Regex OwnTestPattern();
}
