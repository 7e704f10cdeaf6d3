using System.Collections.Concurrent;
using System.Net;
using Farspan.Cluster;
using Farspan.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farspan.Node.Tests;

/// <summary>Nodes that know one address find each other, and go on without it.</summary>
public sealed class ClusterNodeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-node").FullName;
    private readonly Dictionary<string, ClusterNode> _nodes = [];
    private readonly ConcurrentDictionary<(string Node, string Value), TaskCompletionSource> _seen = new();

    public async Task InitializeAsync()
    {
        FolderOf("eu-1").Create(new NodeIdentity("test", "eu", "eu-1", ClusterRoles.Edge), DateTimeOffset.UtcNow);
        await StartAsync("eu-1");
        foreach (var (region, node) in new[] { ("eu", "eu-2"), ("us", "us-1") })
        {
            var identity = new NodeIdentity("test", region, node, ClusterRoles.Connector);
            var code = new InvitationBook(FolderOf("eu-1")).Invite(identity, DateTimeOffset.UtcNow.AddMinutes(5));
            await JoinClient.JoinAsync(new Uri(_nodes["eu-1"].Address), code, FolderOf(node), default);
            await StartAsync(node, _nodes["eu-1"].Address);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task NodesThatKnowOneAddress_FindEachOtherAndGoOnWithoutIt()
    {
        Assert.Null(await SetAsync("us-1", "first"));
        await SeesAsync("eu-2", "first");
        await SeesAsync("eu-1", "first");

        // Each has met the other at the first one: their registrations came through it.
        await MeetAsync("us-1", "eu-2");
        await MeetAsync("eu-2", "us-1");
        await _nodes["eu-1"].DisposeAsync();
        _nodes.Remove("eu-1");
        Assert.Null(await SetAsync("us-1", "second"));

        await SeesAsync("eu-2", "second");
    }

    [Fact]
    public async Task AFolderOfNobody_StartsNoNode() =>
        await Assert.ThrowsAsync<NodeStartException>(() => StartAsync("nobody"));

    private Task<LogFault?> SetAsync(string node, string value) =>
        _nodes[node].Replica.EditAsync([new ConfigurationEdit("k", value)]);

    private Task SeesAsync(string node, string value) => Seen(node, value).Task.WaitAsync(Patience);

    // Each question to the store is a round trip; there is no event for a view.
    private async Task MeetAsync(string node, string other)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!_nodes[node].Replica.View.Members.Any(m =>
            m.Registration.Node == other && m.Registration.Addresses.ContainsKey(NodeAddressUse.Replication)))
        {
            await _nodes[node].Replica.FindAsync(RowKind.Node, other, limit.Token);
        }
    }

    private TaskCompletionSource Seen(string node, string value) => _seen.GetOrAdd(
        (node, value), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private ClusterFolder FolderOf(string node) => new(Path.Combine(_folder, node, "cluster"));

    private async Task StartAsync(string node, params string[] seeds) => _nodes[node] = await ClusterNode.StartAsync(
        new ClusterNodeSettings
        {
            Folder = FolderOf(node).FullPath,
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Seeds = [.. seeds],
            StorePath = Path.Combine(_folder, node, "store.db"),
            Changed = whole => Seen(node, whole.Values.GetValueOrDefault("k") ?? "").TrySetResult(),
        },
        NullLoggerProvider.Instance);
}
