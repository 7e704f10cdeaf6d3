using Farspan.Cluster;
using Farspan.Identity;

namespace Farspan.Replication.Tests;

/// <summary>Two regions of two nodes each, with paths between the regions that can be cut.</summary>
internal sealed class TwoRegions : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-regions").FullName;
    private readonly List<TcpRelay> _paths = [];

    private TwoRegions()
    {
    }

    public List<TestNode> Nodes { get; } = [];

    public string FolderOf(string node) => Path.Combine(_folder, node);

    /// <summary>Makes a cluster; all nodes but the first join it by invitation, over HTTPS.</summary>
    public static async Task<TwoRegions> StartAsync()
    {
        var regions = new TwoRegions();
        var first = new ClusterFolder(Path.Combine(regions.FolderOf("eu-1"), "cluster"));
        first.Create(new NodeIdentity("test", "eu", "eu-1", ClusterRoles.Edge), DateTimeOffset.UtcNow);
        regions.Nodes.Add(await TestNode.StartAsync(regions.FolderOf("eu-1")));
        foreach (var (region, node) in new[] { ("eu", "eu-2"), ("us", "us-1"), ("us", "us-2") })
        {
            await regions.JoinAsync(new NodeIdentity("test", region, node, ClusterRoles.Connector));
            regions.Nodes.Add(await TestNode.StartAsync(regions.FolderOf(node)));
        }

        regions.Connect();
        return regions;
    }

    public TestNode this[string node] => Nodes.Single(n => n.Identity.Node == node);

    public Task EverywhereAsync(Func<TestNode, Task> wait, TimeSpan within) =>
        Task.WhenAll(Nodes.Select(wait)).WaitAsync(within);

    public void Cut() => _paths.ForEach(p => p.Cut());

    public void Heal() => _paths.ForEach(p => p.Heal());

    public async Task StopAsync(TestNode node)
    {
        Nodes.Remove(node);
        await node.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        _paths.ForEach(p => p.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private async Task JoinAsync(NodeIdentity identity)
    {
        var authority = Nodes[0];
        var invitations = new InvitationBook(authority.Credentials.Folder);
        var code = invitations.Invite(identity, DateTimeOffset.UtcNow.AddMinutes(5));
        var folder = new ClusterFolder(Path.Combine(FolderOf(identity.Node), "cluster"));
        Assert.Equal(identity, await JoinClient.JoinAsync(new Uri(authority.Address), code, folder, default));
    }

    private void Connect()
    {
        foreach (var node in Nodes)
        {
            var peers = Nodes.Where(n => n != node && n.Identity.Region == node.Identity.Region)
                .Select(n => new PullPeer(n.Identity.Node, [n.Address])).ToList();
            var others = Nodes.Where(n => n.Identity.Region != node.Identity.Region).ToList();
            peers.Add(new PullPeer(others[0].Identity.Region, [.. others.Select(PathTo)]));
            node.Replica.SetPeers(peers);
        }
    }

    private string PathTo(TestNode node)
    {
        var port = node.Port;
        var path = new TcpRelay(() => port);
        _paths.Add(path);
        return $"https://127.0.0.1:{path.Port}";
    }
}
