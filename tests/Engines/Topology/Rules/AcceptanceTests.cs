namespace Farspan.Topology.Tests;

/// <summary>What is accepted is silent until its day, and no longer than it is needed.</summary>
public sealed class AcceptanceTests
{
    private const string Breach = "regions[0].links[1].awsLocation = EqDC2; ";

    [Fact]
    public void AnAcceptedWarning_IsSilentUpToItsLastDay()
    {
        var model = SoundNetwork.Load(Breach + "accept = [{ rule: LNK-004, reason: ordered, until: 2026-11-22 }]");

        var outcome = Check(model, new DateOnly(2026, 11, 22));

        Assert.DoesNotContain(outcome.Findings, finding => finding.Id is "LNK-004" or "ACC-001");
        Assert.Equal(("LNK-004", "ordered"), outcome.Accepted.Select(each =>
            (each.Finding.Id, each.Acceptance.Reason)).Single());
    }

    [Fact]
    public void AnExpiredAcceptance_SilencesNothingAndIsAFinding()
    {
        var model = SoundNetwork.Load(Breach + "accept = [{ rule: LNK-004, reason: ordered, until: 2026-11-22 }]");

        var outcome = Check(model, new DateOnly(2026, 11, 23));

        Assert.Contains(outcome.Findings, finding => finding.Id == "LNK-004");
        Assert.Contains(outcome.Findings, finding => finding.Id == "ACC-001");
        Assert.Empty(outcome.Accepted);
    }

    [Theory]
    [InlineData("rule: LNK-004, where: dx/us-east-1/b", true)]
    [InlineData("rule: LNK-004, where: dx/us-west-2/b", false)]
    [InlineData("rule: LNK-004, where: 'regions[0]'", true)]
    [InlineData("rule: LNK-004, where: 'regions[1]'", false)]
    [InlineData("rule: LNK-003", false)]
    public void AnAcceptance_IsForItsRuleAndPlaceOnly(string keys, bool isMeant)
    {
        var model = SoundNetwork.Load(Breach + $"accept = [{{ {keys}, reason: x, until: 2027-01-31 }}]");

        var outcome = Check(model, SoundNetwork.Today);

        Assert.Equal(isMeant, !outcome.Findings.Any(finding => finding.Id == "LNK-004"));
        Assert.Equal(isMeant, !outcome.Findings.Any(finding => finding.Id == "ACC-002"));
    }

    [Fact]
    public void AnError_IsNotAccepted()
    {
        var model = SoundNetwork.Load(
            "crossRegion.expectsBgp = true; accept = [{ rule: TGW-001, reason: x, until: 2027-01-31 }]");

        var outcome = Check(model, SoundNetwork.Today);

        Assert.Contains(outcome.Findings, finding => finding.Id == "TGW-001");
        Assert.Contains(outcome.Findings, finding => finding.Id == "ACC-003");
        Assert.True(outcome.HasErrors);
    }

    [Fact]
    public void ARuleThatDoesNotExist_IsAnErrorWithASuggestion()
    {
        var model = SoundNetwork.Load("accept = [{ rule: CON-99, reason: x, until: 2027-01-31 }]");

        var finding = Check(model, SoundNetwork.Today).Findings.Single(each => each.Id == "ACC-004");

        Assert.StartsWith("Did you mean 'CON-", finding.Fix);
    }

    [Fact]
    public void Findings_ComeWithErrorsFirst()
    {
        var model = SoundNetwork.Load(Breach + "crossRegion.expectsBgp = true");

        var severities = Check(model, SoundNetwork.Today).Findings.Select(finding => finding.Severity).ToList();

        Assert.Equal(severities.OrderDescending(), severities);
        Assert.Equal(FindingSeverity.Error, severities[0]);
    }

    private static CheckOutcome Check(FarspanModel model, DateOnly today) =>
        ConfigurationCheck.Run(new ConfigurationOutcome(model, []), today);
}
