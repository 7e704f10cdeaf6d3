using System.Collections.Immutable;
using Farspan.Render;

namespace Farspan.Terraform.Tests;

/// <summary>What no sample has, judged by Terraform: every transport beside every other, Cloud WAN, Route 53.</summary>
[Collection(TerraformCollection.Name)]
public sealed class VariantTests(RunningProviders providers)
{
    private const string Mixed = """
        cluster: mixed
        google:
          project: mixed-prod
        regions:
          - { name: one, google: us-east4, aws: us-east-1, transport: partner-cross-cloud-interconnect }
          - name: two
            google: us-west1
            aws: us-west-2
            transport: cross-cloud-interconnect
            links:
              - { googleLocation: pdx-zone1-1, awsLocation: EqSE2, provider: Equinix, encryption: macsec }
              - { googleLocation: pdx-zone2-1, awsLocation: WBPX1, provider: Pittock, encryption: macsec }
          - { name: three, google: europe-west3, aws: eu-central-1, transport: ha-vpn }
        crossRegion:
          kind: cloud-wan
        carriers:
          - { name: acme, sources: [203.0.113.0/28], targets: [one, two, three], peakCalls: 100 }
        contactCenters:
          identity: managed
          flows:
            - { name: Sales inbound, file: flows/sales.json }
            - { name: Greeting, kind: module }
          queues: [Sales, After hours]
        dns:
          zone: calls.example.com
          provider: route53
          healthCheck: { interval: 10s, failures: 3, timeout: 4s }
        monitoring:
          notify: [noc@example.com, oncall@example.com]
        """;

    private const string Small = """
        cluster: small
        google:
          project: small-prod
        regions:
          - { name: only, google: us-east4, aws: us-east-1 }
        carriers:
          - { name: acme, sources: [203.0.113.0/28], targets: [only], peakCalls: 10 }
        """;

    [TerraformFact]
    public async Task EveryTransport_CloudWan_AndRoute53_LiveTogether()
    {
        using var folder = Rendered.Write(Render(Mixed), providers);

        await folder.RequireWholeLifeAsync();
    }

    [TerraformFact]
    public async Task AControllerInPlaceOfSummaries_NeedsNoRouteOfItsOwn()
    {
        var text = Mixed.Replace("kind: cloud-wan", "fallback: controller", StringComparison.Ordinal);
        using var folder = Rendered.Write(Render(text), providers);
        (await folder.RunAsync("get", "-no-color")).RequireSuccess();

        (await folder.RunAsync("validate", "-no-color")).RequireSuccess();
    }

    [TerraformFact]
    public async Task OneRegionAlone_IsValid()
    {
        using var folder = Rendered.Write(Render(Small), providers);
        (await folder.RunAsync("get", "-no-color")).RequireSuccess();

        (await folder.RunAsync("validate", "-no-color")).RequireSuccess();
    }

    [Fact]
    public void AContactFlowOfOnesOwn_IsTakenAlong() => Assert.Contains(
        Render(Mixed), file => file is { Path: "terraform/modules/one-aws/flows/sales_inbound.json", Text: "{}" });

    private static ImmutableArray<RenderedFile> Render(string text) =>
        NetworkRenderer.Render(Samples.Load(text), path => path == "flows/sales.json" ? "{}" : null);
}
