using System.Collections.Immutable;
using System.Net;
using Farspan.Cluster;
using Farspan.Identity;
using Farspan.Store;

namespace Farspan.Replication.Tests;

/// <summary>A node's store, replica and server, on loopback, with credentials of its own.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly SqliteClusterStore _store;
    private readonly ReplicationClient _client;
    private readonly JoinService? _join;

    private TestNode(string folder, CredentialSource credentials)
    {
        Credentials = credentials;
        _store = new SqliteClusterStore(new SqliteStoreSettings(Path.Combine(folder, "store.db")));
        _client = new ReplicationClient(credentials);
        _join = credentials.Folder.TryLoadAuthority(out var authority) ? new JoinService(credentials, authority) : null;
    }

    public CredentialSource Credentials { get; }

    public NodeIdentity Identity => Credentials.Current.Identity;

    public RecordingReplicaObserver Observer { get; } = new();

    public ReplicationClient Client => _client;

    public ClusterReplica Replica { get; private set; } = null!;

    public ReplicationServer Server { get; private set; } = null!;

    public string Address => Server.Address;

    public int Port => new Uri(Server.Address).Port;

    public static async Task<TestNode> StartAsync(string folder, int port = 0)
    {
        var credentials = new CredentialSource(new ClusterFolder(Path.Combine(folder, "cluster")));
        var node = new TestNode(folder, credentials);
        node.Replica = await ClusterReplica.StartAsync(
            node.Settings(), node._store, node._client, TimeProvider.System, node.Observer);
        node.Server = await ReplicationServer.StartAsync(
            new ReplicationServerSettings(new IPEndPoint(IPAddress.Loopback, port)),
            credentials, node.Replica, node._join, log: null);
        return node;
    }

    public Task<LogFault?> SetAsync(string key, string? value) =>
        Replica.EditAsync([new ConfigurationEdit(key, value)]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Replica.DisposeAsync();
        await _store.DisposeAsync();
        _client.Dispose();
        _join?.Dispose();
    }

    private ReplicaSettings Settings()
    {
        var identity = Identity;
        return new ReplicaSettings
        {
            Node = identity.Node,
            Boot = Guid.NewGuid().ToString("N")[..8],
            Peers = [],
            Validate = values => values.ContainsValue("invalid") ? "a value is invalid" : null,
            Describe = () => new NodeRegistration
            {
                Node = identity.Node,
                Boot = "",
                Region = identity.Region,
                Roles = ["connector"],
                Addresses = ImmutableSortedDictionary<string, string>.Empty,
                CallsMax = 100,
                Calls = 0,
                Drain = NodeDrainState.Serving,
                Version = "test",
                SeenAt = default,
            },
        };
    }
}
