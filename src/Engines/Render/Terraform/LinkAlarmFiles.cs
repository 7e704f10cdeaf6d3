using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// An alarm for each port, virtual interface and tunnel, and one for all of them together: the loss of one is to be
/// mended, the loss of all is to wake somebody.
/// </summary>
internal sealed class LinkAlarmFiles(NetworkIndex index, Region region, TerraformModule module)
{
    private const int DirectConnectPeriodSeconds = 300;
    private readonly string _prefix = $"{Names.Prefix(index.Network)}{region.AwsRegion}-";
    private readonly List<string> _paths = [];

    public void Render()
    {
        if (!index.Network.Monitoring.HasSessionAlarms)
        {
            return;
        }

        foreach (var connection in NetworkIndex.In(index.Network.Connections, region))
        {
            Connection(connection);
        }

        foreach (var vif in NetworkIndex.In(index.Network.VirtualInterfaces, region))
        {
            VirtualInterface(vif);
        }

        foreach (var connection in NetworkIndex.In(index.Network.VpnConnections, region))
        {
            foreach (var (number, tunnel) in connection.Tunnels.Index())
            {
                Tunnel(connection, index.Get<VpnTunnel>(tunnel), number + 1);
            }
        }

        All();
    }

    private void Write(CloudWatchAlarm alarm) => alarm.Write(module.File("alarms.tf"), _prefix, Topic());

    private HclValue Topic() => module.Variable("alarm_topic_arn", "string", "Where alarms of the region go.");

    private void Connection(DirectConnectConnection connection) => Write(new CloudWatchAlarm(
        $"port_{Names.Local(connection)}", $"Direct Connect port {connection.Id} is down.", "AWS/DX", "ConnectionState")
    {
        Dimensions = [("ConnectionId", Hcl.Reference($"aws_dx_connection.{Names.Local(connection)}.id"))],
        PeriodSeconds = DirectConnectPeriodSeconds,
    }.Below(1));

    private void VirtualInterface(VirtualInterface vif)
    {
        var name = $"vif_{Names.Local(vif)}";
        _paths.Add(name);
        Write(new CloudWatchAlarm(name, $"BGP on {vif.Id} is down.", "AWS/DX", "VirtualInterfaceBgpStatus")
        {
            Dimensions =
            [
                ("ConnectionId", Hcl.Reference($"aws_dx_connection.{Names.Local(vif.Connection)}.id")),
                ("VirtualInterfaceId", Hcl.Reference($"aws_dx_transit_virtual_interface.{Names.Local(vif)}.id")),
                ("IpAddressFamily", "ipv4"),
            ],
            PeriodSeconds = DirectConnectPeriodSeconds,
        }.Below(1));
        Load(vif);
    }

    /// <summary>What is left after the loss of one link must carry the calls of all.</summary>
    private void Load(VirtualInterface vif)
    {
        var links = NetworkIndex.In(index.Network.Links, region).ToList();
        var own = links.Find(l => l.VirtualInterface == vif.Id);
        if (own is null)
        {
            return;
        }

        var share = links.Count > 1 ? (links.Count - 1.0) / links.Count : 1.0;
        Write(new CloudWatchAlarm(
            $"load_{Names.Local(vif)}",
            $"{vif.Id} carries so much that the other links could not take it over: over 80 % of {share:0.##} of "
            + $"{own.BandwidthMbps} "
            + "Mbit/s.",
            "AWS/DX", "VirtualInterfaceBpsEgress")
        {
            Dimensions =
            [
                ("ConnectionId", Hcl.Reference($"aws_dx_connection.{Names.Local(vif.Connection)}.id")),
                ("VirtualInterfaceId", Hcl.Reference($"aws_dx_transit_virtual_interface.{Names.Local(vif)}.id")),
            ],
            PeriodSeconds = DirectConnectPeriodSeconds,
            Statistic = "Average",
            Threshold = Math.Floor(0.8 * share * own.BandwidthMbps * 1_000_000),
        });
    }

    private void Tunnel(VpnConnection connection, VpnTunnel tunnel, int number)
    {
        var name = $"tunnel_{Names.Local(tunnel)}";
        var vpn = $"aws_vpn_connection.{Names.Local(connection)}";
        _paths.Add(name);
        Write(new CloudWatchAlarm(name, $"{tunnel.Id} is down.", "AWS/VPN", "TunnelState")
        {
            Dimensions =
            [
                ("VpnId", Hcl.Reference($"{vpn}.id")),
                ("TunnelIpAddress", Hcl.Reference($"{vpn}.tunnel{number}_address")),
            ],
        }.Below(1));
    }

    private void All()
    {
        if (_paths.Count == 0)
        {
            return;
        }

        var rule = string.Join(" AND ", _paths.Select(p => $"ALARM(${{aws_cloudwatch_metric_alarm.{p}.alarm_name}})"));
        module.File("alarms.tf")
            .Comment("The region has no link left: its traffic depends on the other region's.")
            .Resource("aws_cloudwatch_composite_alarm", "all_links", resource => resource
                .Set("alarm_name", $"{_prefix}all-links")
                .Set("alarm_description", $"{region.Id} has lost every link. runbooks/region-links-lost.md")
                .Set("alarm_rule", Hcl.Template(rule))
                .Set("alarm_actions", Hcl.List(Topic()))
                .Set("ok_actions", Hcl.List(Topic())));
    }
}
