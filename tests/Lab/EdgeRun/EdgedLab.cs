using System.Net;
using System.Net.Sockets;
using System.Text;
using Farspan.Cluster;
using Farspan.Configuration;
using Farspan.ConnectEmulator;
using Farspan.Identity;
using Farspan.Node;
using Farspan.Topology;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farspan.EdgeRun.Tests;

/// <summary>
/// A Connect emulator, two connectors and an edge in this process, on loopback sockets; a simulated carrier calls.
/// </summary>
internal sealed class EdgedLab : IAsyncDisposable
{
    private const string InstanceId = "0f0e0d0c-0b0a-4908-8706-050403020100";

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-edge-").FullName;
    private readonly MeetingMedia _media = new(
        new MeetingMediaSettings { Addresses = ["127.0.0.1"] }, _ => { });

    private ConnectEmulatorServer _emulator = null!;

    public ConnectorNode[] Connectors { get; private set; } = [];

    public EdgeNode Edge { get; private set; } = null!;

    public IPEndPoint SipAddress => Address(Edge.Addresses.Sip, "udp:");

    public static async Task<EdgedLab> StartAsync(CancellationToken stop)
    {
        var lab = new EdgedLab();
        var settings = new ConnectEmulatorSettings
        {
            Url = "http://127.0.0.1:0",
            InstanceIds = [InstanceId],
            Quotas = new ServiceQuotas
            {
                StartWebRtcContact = new RequestRate(50, 100),
                StopContact = new RequestRate(50, 100),
                ConcurrentCalls = 100,
            },
            Flows =
            [
                new ContactFlow("inbound",
                [
                    new PromptBlock(TimeSpan.FromMilliseconds(100), new AudioCue { FrequencyHz = 600 }),
                    new QueueBlock("default", new AudioCue { FrequencyHz = 350 }),
                    new JoinAgentBlock(),
                    new EndBlock(),
                ]),
            ],
            Agents = [.. Enumerable.Range(1, 8).Select(i => new BuiltInAgentSettings
            {
                Name = $"agent {i}", AnswersAfter = TimeSpan.FromMilliseconds(50),
            })],
        };
        lab._emulator = await ConnectEmulatorServer.StartAsync(settings, lab._media, stop);
        lab.JoinCluster();
        lab.Connectors =
        [
            await ConnectorNode.StartAsync(lab.LoadConnector(1), NullLoggerProvider.Instance, stop),
            await ConnectorNode.StartAsync(lab.LoadConnector(2), NullLoggerProvider.Instance, stop),
        ];
        lab.Edge = await EdgeNode.StartAsync(lab.LoadEdge(), NullLoggerProvider.Instance, stop);
        return lab;
    }

    /// <summary>Whom the agents of all contacts have heard.</summary>
    public IReadOnlyList<int> HeardByAgents() => _emulator.Inspect(service =>
        service.Contacts.Select(contact => contact.Heard?.Code ?? -1).ToArray());

    public async ValueTask DisposeAsync()
    {
        if (Edge is not null)
        {
            await Edge.DisposeAsync();
        }

        foreach (var connector in Connectors)
        {
            await connector.DisposeAsync();
        }

        await _emulator.DisposeAsync();
        await _media.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Each node has a certificate; all have the same keys.
    private void JoinCluster()
    {
        (string Folder, string Node, ClusterRoles Roles)[] nodes =
        [
            ("c1", "connector-1", ClusterRoles.Connector),
            ("c2", "connector-2", ClusterRoles.Connector),
            ("edge", "edge-1", ClusterRoles.Edge),
        ];
        string? keys = null;
        foreach (var node in nodes)
        {
            var folder = new ClusterFolder(Path.Combine(_folder, node.Folder, "cluster"));
            Directory.CreateDirectory(Path.GetDirectoryName(folder.FullPath)!);
            folder.Create(new NodeIdentity("farspan", "here", node.Node, node.Roles), DateTimeOffset.UtcNow);
            keys ??= File.ReadAllText(folder.KeysPath);
            File.WriteAllText(folder.KeysPath, keys);
        }
    }

    private static IPEndPoint Address(IEnumerable<string> addresses, string prefix) =>
        IPEndPoint.Parse(addresses.First(a => a.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..]);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private FarspanModel LoadConnector(int number)
    {
        var key = new ConnectEmulatorSettings().AccessKeys[0];
        return Load($$"""
            node: { name: connector-{{number}}, dataDirectory: {{_folder}}/c{{number}} }
            sip:
              listen: [tcp:127.0.0.1:0]
              trunks:
                - name: edges
                  kind: edge
                  sources: [127.0.0.0/8]
                  codecs: [pcmu, pcma, g722, opus]
                  srtp: require
            connect:
              instances:
                - name: emulator
                  instanceId: {{InstanceId}}
                  region: us-west-2
                  contactFlow: inbound
                  endpoint: {{_emulator.Url}}
                  credentials:
                    kind: static
                    accessKeyId: {{key.AccessKeyId}}
                    secretAccessKey: "literal:{{key.SecretAccessKey}}"
                  quota: { startsPerSecond: 50, burst: 100, concurrent: 100 }
            media:
              { address: 127.0.0.1, workers: 1, ports: {{34_000 + (number * 1_000)}}-{{34_999 + (number * 1_000)}} }
            admin: { listen: "127.0.0.1:0", password: "literal:correct horse" }
            """);
    }

    private FarspanModel LoadEdge() => Load($$"""
        node: { name: edge-1, roles: [edge], dataDirectory: {{_folder}}/edge }
        sip:
          listen: [udp:127.0.0.1:0]
          trunks:
            - { name: carrier, sources: [127.0.0.0/8], codecs: [pcmu, pcma, g722, opus] }
        edge:
          listen: tcp:127.0.0.1:{{FreePort()}}
          connectors:
            - { name: connector-1, address: "tcp:{{Address(Connectors[0].Addresses.Sip, "tcp:")}}" }
            - { name: connector-2, address: "tcp:{{Address(Connectors[1].Addresses.Sip, "tcp:")}}" }
        media: { address: 127.0.0.1, workers: 1, ports: 37000-38999 }
        admin: { listen: "127.0.0.1:0", password: "literal:correct horse" }
        """);

    private FarspanModel Load(string text)
    {
        var outcome = ConfigurationFile.Load(
            Encoding.UTF8.GetBytes(text), Path.Combine(_folder, "farspan.yaml"));
        Assert.Empty(outcome.Findings.Where(finding => finding.Severity == FindingSeverity.Error));
        return outcome.Model!;
    }
}
