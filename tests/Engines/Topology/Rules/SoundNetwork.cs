namespace Farspan.Topology.Tests;

/// <summary>A network that keeps every rule, for tests to break one.</summary>
internal static class SoundNetwork
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    private const string Text =
        """
        {
          cluster: test,
          google: { project: test-project },
          aws: { account: 123456789012 },
          links: { transport: cross-cloud-interconnect },
          regions: [
            { name: east, google: us-east4, aws: us-east-1, links: [
              { googleLocation: iad-zone1-1, awsLocation: EqDC2 },
              { googleLocation: iad-zone2-1, awsLocation: CSVA1 } ] },
            { name: west, google: us-west1, aws: us-west-2, links: [
              { googleLocation: sea-zone1-86, awsLocation: EqSE2 },
              { googleLocation: sea-zone2-86, awsLocation: TIER3 } ] } ],
          carriers: [
            { name: acme, sources: [203.0.113.0/24], transports: [tls], peakCalls: 600, numbers: [+1800555] },
            { name: globex, sources: [198.51.100.0/24], transports: [udp, tcp], peakCalls: 400, srtp: forbid,
              numbers: [+1800555], targets: [{ region: east, transport: tcp }, west] } ],
          contactCenters: { agents: 200, quotas: { concurrentCalls: 1000, startsPerSecond: 20 } },
          dns: { zone: calls.example.com },
          monitoring: { probeInterval: 30s, logRetentionDays: 90 },
          objectives: [
            { failure: link, newCalls: 7s },
            { failure: edge-instance, newCalls: 5s },
            { failure: google-region, newCalls: 25s, headroom: 0 } ]
        }
        """;

    private static readonly ConfigurationNode Root = FlowText.Parse(Text);

    /// <summary>What came of reading the file after these changes, whatever they are.</summary>
    public static ConfigurationOutcome TryLoad(string changes) =>
        ConfigurationLoader.Load(Change(changes), Written.File);

    public static ConfigurationNode Change(string changes) => Overlay.Apply(Root, changes);

    /// <summary>The network after these changes, which the loader must accept.</summary>
    public static FarspanModel Load(string changes)
    {
        var outcome = TryLoad(changes);
        Assert.DoesNotContain(outcome.Findings, finding => finding.Severity == FindingSeverity.Error);
        return Assert.IsType<FarspanModel>(outcome.Model);
    }

    /// <summary>What the rules say after these changes.</summary>
    public static IReadOnlyList<Finding> Check(string changes) => NetworkRules.Check(Derive(changes), Today);

    public static Network Derive(string changes) => Assert.IsType<Network>(Load(changes).Network);

    /// <summary>What the rules say of a network that no file describes.</summary>
    public static IReadOnlyList<Finding> Check(Func<Network, Network> change) =>
        NetworkRules.Check(change(Derive("")), Today);

    /// <summary>Asserts that these changes break the rule, in a finding that is complete.</summary>
    public static void AssertBroken(string rule, string changes) => AssertBroken(rule, Check(changes));

    public static void AssertBroken(string rule, IReadOnlyList<Finding> findings)
    {
        var finding = findings.FirstOrDefault(each => each.Id == rule);
        Assert.True(finding is not null, $"{rule} is not among {string.Join(", ", findings.Select(each => each.Id))}.");
        Assert.False(string.IsNullOrWhiteSpace(finding.What));
        Assert.EndsWith(".", finding.Fix);
        Assert.Equal(Written.File, finding.Place.File);
        Assert.NotEmpty(finding.Path);
    }

    /// <summary>Asserts that these changes, near to what breaks the rule, keep it.</summary>
    public static void AssertKept(string rule, string changes) => AssertKept(rule, Check(changes));

    public static void AssertKept(string rule, IReadOnlyList<Finding> findings) =>
        Assert.DoesNotContain(findings, finding => finding.Id == rule);
}
