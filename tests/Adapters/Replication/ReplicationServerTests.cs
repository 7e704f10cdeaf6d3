using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Farspan.Cluster;
using Farspan.Identity;

namespace Farspan.Replication.Tests;

/// <summary>Who is let in, and what credentials live through.</summary>
public sealed class ReplicationServerTests : IAsyncLifetime
{
    private static readonly NodeIdentity First = new("test", "eu", "eu-1", ClusterRoles.Connector);
    private static readonly NodeIdentity Second = new("test", "us", "us-1", ClusterRoles.Edge);

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-server").FullName;
    private TestNode _node = null!;

    public async Task InitializeAsync()
    {
        Folder("eu-1").Create(First, DateTimeOffset.UtcNow);
        _node = await TestNode.StartAsync(Path.Combine(_folder, "eu-1"));
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task AStranger_GetsNoKeysAndNoRows()
    {
        using var http = Client(null);

        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(ReplicationPaths.Keys)).StatusCode);
        using var content = new ByteArrayContent(
            ReplicationCodec.Encode(new PullRequest(VersionVector.Empty, null, 0), TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsync(ReplicationPaths.Pull, content)).StatusCode);
        var renewal = await http.PostAsync(ReplicationPaths.Certificate, content);
        Assert.Equal(HttpStatusCode.Forbidden, renewal.StatusCode);
    }

    [Fact]
    public async Task AMemberOfAnotherCluster_IsNotEvenHeard()
    {
        Folder("other").Create(First, DateTimeOffset.UtcNow);
        using var http = Client(Folder("other").Load().Certificate);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(ReplicationPaths.Keys));
    }

    [Fact]
    public async Task AMember_GetsTheKeysOfItsRolesOnly()
    {
        using var client = new ReplicationClient(await JoinAsync());

        var bytes = await client.FetchKeysAsync(_node.Address, default);

        Assert.True(ClusterKeyFile.TryDecode(bytes, out var keys));
        Assert.Equal([KeyPurpose.CallerToken, KeyPurpose.Heartbeat], keys.Rings.Select(r => r.Key));
        Assert.True(_node.Credentials.Current.HeldKeys.TryGet(KeyPurpose.CallerToken, out var held));
        Assert.Equal(held.Newest.Secret.Reveal(), keys.Rings.First().Value.Newest.Secret.Reveal());
    }

    [Fact]
    public async Task AQuestionThatIsNone_IsABadRequest()
    {
        using var http = Client(_node.Credentials.Current.Certificate);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));

        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync(ReplicationPaths.Pull, content)).StatusCode);
    }

    [Fact]
    public async Task AWrongCode_DoesNotJoin()
    {
        var failure = await Assert.ThrowsAsync<JoinException>(
            () => JoinClient.JoinAsync(new Uri(_node.Address), JoinCode.Draw(), Folder("us-1"), default));

        Assert.Contains("join code", failure.Message, StringComparison.Ordinal);
        Assert.False(Folder("us-1").IsMember);
    }

    [Fact]
    public async Task ARotation_ReachesEveryNodeAndWhatWasSealedBeforeStillOpens()
    {
        var member = await JoinAsync();
        var wall = DateTimeOffset.UtcNow;
        Folder("eu-1").SaveKeys(_node.Credentials.Current.HeldKeys.Rotate(
            ClusterKeyFile.Draw, wall, wall, IdentityLimits.KeyOverlap));
        File.SetLastWriteTimeUtc(Folder("eu-1").KeysPath, DateTime.UtcNow.AddSeconds(5));
        _node.Credentials.Refresh();

        using var client = new ReplicationClient(member);
        await using (var keeper = Keeper(member, client, TimeProvider.System))
        {
            await keeper.LookAsync(default);
        }

        Assert.True(new CredentialSource(Folder("us-1")).Current.Keys.TryGet(KeyPurpose.CallerToken, out var keys));
        Assert.True(_node.Credentials.Current.HeldKeys.TryGet(KeyPurpose.CallerToken, out var held));
        Assert.Equal(2, keys.SealingAt(wall).Generation);
        Assert.True(keys.TryFindOpening(1, wall, out _));
        Assert.Equal(held.Newest.Secret.Reveal(), keys.Newest.Secret.Reveal());
    }

    [Fact]
    public async Task ACertificateThatEndsSoon_IsRenewedWithAFreshKey()
    {
        var member = await JoinAsync();
        var before = member.Current.Certificate;
        using var client = new ReplicationClient(member);
        await using (var keeper = Keeper(member, client, new LaterClock(TimeSpan.FromDays(40))))
        {
            await keeper.LookAsync(default);
        }

        var after = new CredentialSource(Folder("us-1")).Current;
        Assert.NotEqual(before.Thumbprint, after.Certificate.Thumbprint);
        Assert.NotEqual(before.GetPublicKeyString(), after.Certificate.GetPublicKeyString());
        Assert.Equal(Second, after.Identity);
    }

    private CredentialKeeper Keeper(CredentialSource member, ReplicationClient client, TimeProvider wall) =>
        new(member, client, () => [_node.Address], wall, TimeSpan.FromHours(1));

    private ClusterFolder Folder(string node) => new(Path.Combine(_folder, node, "cluster"));

    private async Task<CredentialSource> JoinAsync()
    {
        var code = new InvitationBook(Folder("eu-1")).Invite(Second, DateTimeOffset.UtcNow.AddMinutes(5));
        await JoinClient.JoinAsync(new Uri(_node.Address), code, Folder("us-1"), default);
        return new CredentialSource(Folder("us-1"));
    }

    private HttpClient Client(X509Certificate2? certificate)
    {
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
        };
        if (certificate is not null)
        {
            handler.ClientCertificates.Add(certificate);
        }

        return new HttpClient(handler, disposeHandler: true) { BaseAddress = new Uri(_node.Address) };
    }

    private sealed class LaterClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
