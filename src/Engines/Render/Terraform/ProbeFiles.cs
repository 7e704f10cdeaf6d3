using Farspan.Sip;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// Questions from outside, from several continents, whether a region's edges take connections: what carriers
/// see, not what
/// we think of ourselves.
/// </summary>
internal sealed class ProbeFiles(NetworkIndex index, TerraformModule module)
{
    private const string File = "probes.tf";
    private static readonly int[] PeriodsSeconds = [60, 300, 600, 900];

    public void Render()
    {
        var monitoring = index.Network.Monitoring;
        if (monitoring.ProbeInterval is not { } interval)
        {
            return;
        }

        foreach (var edge in index.Network.Edges.Where(e => monitoring.ProbedRegions.Contains(e.Region)))
        {
            Probe(edge, PeriodsSeconds.FirstOrDefault(p => p >= interval.TotalSeconds, PeriodsSeconds[^1]));
        }
    }

    private void Probe(Edge edge, int periodSeconds)
    {
        var address = index.Network.Addresses.FirstOrDefault(a => a.Region == edge.Region);
        var port = edge.SipPorts.FirstOrDefault(p => p.Transport != SipTransport.Udp).Port;
        if (address is null || port == 0)
        {
            return;
        }

        module.File(File)
            .Comment($"{edge.Id} from outside, every {periodSeconds} s: the shortest that Google offers. It tells "
                + "people; failover does not wait for it.")
            .Resource("google_monitoring_uptime_check_config", Names.Global(edge.Id), resource => resource
                .Set("display_name", $"{edge.Id} from outside")
                .Set("timeout", "10s")
                .Set("period", $"{periodSeconds}s")
                .Block("tcp_check", check => check.Set("port", port))
                .Block("monitored_resource", monitored => monitored
                    .Set("type", "uptime_url")
                    .Set("labels", Hcl.Map(
                        ("project_id", index.Network.GoogleNetwork.Project),
                        ("host", Hcl.Reference(
                            $"module.{Hcl.Identifier(edge.Region)}_google.address_{Names.Local(address)}"))))));
    }
}
