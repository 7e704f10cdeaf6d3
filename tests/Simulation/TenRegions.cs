using System.Globalization;
using System.Text;

namespace Farspan.Simulation.Tests;

/// <summary>
/// A system of many regions, as a file: four links each, edges and connectors in three zones.
/// </summary>
internal static class TenRegions
{
    private const int LinksOfARegion = 4;

    private static readonly (string Google, string Aws)[] Regions =
    [
        ("us-east4", "us-east-1"), ("us-west1", "us-west-2"), ("europe-west2", "eu-west-2"),
        ("europe-west3", "eu-central-1"), ("asia-northeast1", "ap-northeast-1"),
        ("asia-southeast1", "ap-southeast-1"), ("australia-southeast1", "ap-southeast-2"),
        ("northamerica-northeast1", "ca-central-1"), ("asia-northeast3", "ap-northeast-2"),
        ("africa-south1", "af-south-1"),
    ];

    public static string Write(int count = 10)
    {
        var text = new StringBuilder();
        text.Append("""
            cluster: contact-centre
            google: { project: big }
            aws: { account: "123456789012" }
            links: { transport: cross-cloud-interconnect, bandwidth: 10000 }
            crossRegion: { fallback: summaries }
            edges: { instancesMin: 6 }
            connectors: { instancesDesired: 9, instancesMax: 12 }
            objectives:
              - { failure: any, failures: 2, newCalls: 30s }

            regions:

            """);
        foreach (var (i, (google, aws)) in Regions.Take(count).Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"  - name: r{i}\n    google: {google}\n");
            text.Append(CultureInfo.InvariantCulture, $"    aws: {aws}\n    links:\n");
            for (var link = 0; link < LinksOfARegion; link++)
            {
                var zone = (link % 2) + 1;
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"      - {{ googleLocation: m{i}x-zone{zone}-{link}, awsLocation: L{i}{zone} }}\n");
            }
        }

        text.Append("carriers:\n");
        for (var i = 0; i < 3; i++)
        {
            var targets = string.Join(", ", Enumerable.Range(0, count).Select(r => $"r{(r + (i * 3)) % count}"));
            text.Append(CultureInfo.InvariantCulture, $"  - name: c{i}\n    sources: [203.0.113.{i * 16}/28]\n");
            text.Append(CultureInfo.InvariantCulture, $"    targets: [{targets}]\n    peakCalls: 1000\n");
        }

        return text.ToString();
    }
}
