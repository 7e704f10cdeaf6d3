using System.Collections.Immutable;
using System.Globalization;
using Farspan.Audio;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The <c>farspan.yaml</c> of one node, made of what the network says of its role and region.</summary>
internal static class NodeConfiguration
{
    /// <summary>Ids of Connect are written as <c>${…}</c>, for Terraform's <c>templatefile</c> to fill in.</summary>
    public static string OfConnector(NetworkIndex index, Connector connector)
    {
        var text = Begin(index, "connector", connector.AwsRegion, connector.SipPorts);
        text.Add("  trunks:");
        text.Add("    # The edges of every region: each may send its calls here.");
        text.Add("    - name: edges");
        text.Add($"      sources: [{string.Join(", ", EdgeRanges(index))}]");
        text.Add("      codecs: [pcmu, pcma, g722, opus]");
        text.Add("media:");
        text.Add($"  ports: {connector.RtpPorts.First}-{connector.RtpPorts.Last}");
        text.Add($"  carrierSilence: {Seconds.Of(connector.MediaTimeout)}s");
        text.Add("connect:");
        text.Add("  instances:");
        foreach (var instance in connector.ConnectInstances.Select(index.Get<ConnectInstance>))
        {
            Instance(text, index, instance);
        }

        text.Add("defaultRoute:");
        text.Add($"  instance: {InstanceName(connector.ConnectInstances[0])}");
        End(text, connector.HealthPort);
        return text.ToString();
    }

    public static string OfEdge(NetworkIndex index, Edge edge)
    {
        var text = Begin(index, "edge", edge.GoogleRegion, edge.SipPorts);
        text.Add("  trunks:");
        foreach (var carrier in index.Network.Carriers)
        {
            var sources = carrier.Sources.IsEmpty ? "any" : $"[{string.Join(", ", carrier.Sources)}]";
            text.Add($"    - name: {carrier.Id[(carrier.Id.IndexOf('/', StringComparison.Ordinal) + 1)..]}");
            text.Add($"      sources: {sources}");
            text.Add($"      srtp: {carrier.Srtp.ToString().ToLowerInvariant()}");
            text.Add($"      codecs: [{string.Join(", ", carrier.Codecs.Select(Codec))}]");
            text.Add($"      channelsMax: {carrier.PeakCalls}");
        }

        text.Add("media:");
        text.Add($"  ports: {edge.RtpPorts.First}-{edge.RtpPorts.Last}");
        text.Add($"  carrierSilence: {Seconds.Of(edge.MediaTimeout)}s");
        End(text, index.Find<HealthCheck>(index.Find<LoadBalancer>(edge.LoadBalancer)?.HealthCheck)?.Port ?? 8080);
        return text.ToString();
    }

    /// <summary>The name of the template's variable that holds the instance's id.</summary>
    public static string InstanceVariable(string id) => "instance_" + Names.Global(id);

    /// <summary>The name of the template's variable that holds the id of the flow that calls enter.</summary>
    public static string FlowVariable(string id) => "flow_" + Names.Global(id);

    private static TextLines Begin(NetworkIndex index, string role, string region, ImmutableArray<SipPort> ports)
    {
        var text = new TextLines();
        text.Add($"cluster: {index.Network.Name}");
        text.Add("node:");
        text.Add($"  roles: [{role}]");
        text.Add($"  region: {region}");
        text.Add("  dataDirectory: /var/lib/farspan");
        text.Add("sip:");
        text.Add("  listen:");
        text.Add(ports.Select(p => $"    - {p.Transport.ToString().ToLowerInvariant()}:0.0.0.0:{p.Port}"));
        if (ports.Any(p => p.Transport == Farspan.Sip.SipTransport.Tls))
        {
            text.Add("  tls:");
            text.Add("    certificate: /etc/farspan/tls/node.crt");
            text.Add("    key: /etc/farspan/tls/node.key");
        }

        return text;
    }

    private static void End(TextLines text, int healthPort)
    {
        text.Add("admin:");
        text.Add("  password: file:/etc/farspan/admin.password");
        text.Add($"  metricsListen: 0.0.0.0:{healthPort}");
        text.Add("logging:");
        text.Add("  format: json");
    }

    private static void Instance(TextLines text, NetworkIndex index, ConnectInstance instance)
    {
        var nodes = Math.Max(1, index.Network.Connectors
            .Where(c => c.ConnectInstances.Contains(instance.Id))
            .Sum(c => c.InstancesDesired));
        var quotas = instance.Quotas;
        text.Add($"    - name: {InstanceName(instance.Id)}");
        text.Add($"      instanceId: ${{{InstanceVariable(instance.Id)}}}");
        text.Add($"      region: {instance.AwsRegion}");
        text.Add($"      contactFlow: ${{{FlowVariable(instance.Id)}}}");
        text.Add($"      # A node's share: {nodes} nodes use the instance.");
        text.Add("      quota:");
        text.Add($"        startsPerSecond: {Share(quotas.StartsPerSecond, nodes)}");
        text.Add($"        burst: {Math.Max(1, quotas.StartBurst / nodes)}");
        text.Add($"        concurrent: {Math.Max(1, quotas.ConcurrentCalls / nodes)}");
    }

    private static string InstanceName(string id) => id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string Share(double quota, int nodes) =>
        Math.Max(0.1, Math.Floor(quota * 10 / nodes) / 10).ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> EdgeRanges(NetworkIndex index) =>
        index.Network.Edges.Select(e => index.Get<GoogleSubnet>(e.Subnet).Range.ToString()).Distinct();

    private static string Codec(AudioCodec codec) => codec.ToString().ToLowerInvariant();
}
