using System.Collections.Immutable;
using System.Security.Cryptography;
using Farspan.Cluster;
using Farspan.Identity;
using Farspan.Replication;
using Farspan.Store;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// A node's part in its cluster: credentials, store, replica, and the server that other stores ask. Calls use
/// it and never wait for it.
/// </summary>
public sealed class ClusterNode : IAsyncDisposable
{
    private const int BootBytes = 4;
    private static readonly TimeSpan CredentialsEvery = TimeSpan.FromSeconds(5);

    private readonly ClusterNodeSettings _settings;
    private readonly IClusterStore _store;
    private readonly JoinService? _join;
    private readonly ReplicationClient _client;
    private ReplicationServer? _server;
    private CredentialKeeper? _keeper;
    private volatile string? _address;

    private ClusterNode(ClusterNodeSettings settings, CredentialSource credentials)
    {
        _settings = settings;
        Credentials = credentials;
        _client = new ReplicationClient(credentials);
        _join = credentials.Folder.TryLoadAuthority(out var authority)
            ? new JoinService(credentials, authority)
            : null;
        _store = settings.Postgres is { } postgres
            ? new PostgresClusterStore(postgres)
            : new SqliteClusterStore(new SqliteStoreSettings(settings.StorePath));
    }

    /// <summary>Who the node is, and what seals tokens: as they are now.</summary>
    public CredentialSource Credentials { get; }

    /// <summary>Configuration, membership and rows.</summary>
    public ClusterReplica Replica { get; private set; } = null!;

    /// <summary>How other nodes reach it.</summary>
    public string Address => _address!;

    private NodeIdentity Identity => Credentials.Current.Identity;

    /// <summary>Starts; a store or peers that are away do not hinder it.</summary>
    /// <exception cref="NodeStartException">The node is no member, or the address cannot be listened
    /// on.</exception>
    public static async Task<ClusterNode> StartAsync(ClusterNodeSettings settings, ILoggerProvider log)
    {
        var node = new ClusterNode(settings, LoadCredentials(settings.Folder));
        try
        {
            await node.StartAsync(log, log.CreateLogger("Farspan.Cluster")).ConfigureAwait(false);
            return node;
        }
        catch (IOException failure)
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw new NodeStartException(
                $"replication cannot listen on {settings.Listen}",
                "Choose another address or port.",
                failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            await _keeper.DisposeAsync().ConfigureAwait(false);
        }

        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        if (Replica is not null)
        {
            await Replica.DisposeAsync().ConfigureAwait(false);
        }

        await _store.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
        _join?.Dispose();
    }

    private static CredentialSource LoadCredentials(string path)
    {
        try
        {
            return new CredentialSource(new ClusterFolder(path));
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new NodeStartException(
                $"{path} does not make this node a member of a cluster",
                "Run farspan cluster init on the first node, farspan cluster join on others.",
                failure);
        }
    }

    private async Task StartAsync(ILoggerProvider provider, ILogger log)
    {
        var observer = new ClusterNodeObserver(log, _settings.Changed, PlanPeers);
        Replica = await ClusterReplica.StartAsync(
            ReplicaSettings(), _store, _client, TimeProvider.System, observer).ConfigureAwait(false);
        _server = await ReplicationServer.StartAsync(
            new ReplicationServerSettings(_settings.Listen), Credentials, Replica, _join, provider)
            .ConfigureAwait(false);
        _address = _settings.Advertise ?? _server.Address;
        _keeper = new CredentialKeeper(
            Credentials, _client, AddressesOfOthers, TimeProvider.System, CredentialsEvery);
        PlanPeers();
        log.ClusterReady(Identity.ToString(), _address);
    }

    private ReplicaSettings ReplicaSettings() => new()
    {
        Node = Identity.Node,
        Boot = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(BootBytes)),
        Peers = [],
        Validate = _settings.Validate,
        Describe = Describe,
    };

    private NodeRegistration Describe()
    {
        var addresses = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        var registration = new NodeRegistration
        {
            Node = Identity.Node,
            Boot = "",
            Region = Identity.Region,
            Roles = [],
            Addresses = _address is null ? addresses : addresses.Add(NodeAddressUse.Replication, _address),
            CallsMax = 0,
            Calls = 0,
            Drain = NodeDrainState.Serving,
            Version = ConnectorNode.Version,
            SeenAt = default,
        };
        return _settings.Describe?.Invoke(registration) ?? registration;
    }

    private void PlanPeers() => Replica?.SetPeers(
        PeerPlan.Make(Identity.Node, Identity.Region, _settings.Seeds, Replica.View.Members));

    private ImmutableArray<string> AddressesOfOthers() =>
    [
        .. _settings.Seeds
            .Concat(Replica.View.Members
                .Where(m => m.IsPresent)
                .Select(m => m.Registration.Addresses.GetValueOrDefault(NodeAddressUse.Replication))
                .OfType<string>())
            .Where(a => a != _address)
            .Distinct(StringComparer.Ordinal),
    ];
}
