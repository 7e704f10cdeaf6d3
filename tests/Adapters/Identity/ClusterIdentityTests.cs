using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Identity.Tests;

public sealed class ClusterIdentityTests : IDisposable
{
    private static readonly NodeIdentity First =
        new("production", "eu", "edge-1", ClusterRoles.Edge);

    private readonly string _path = Directory.CreateTempSubdirectory("farspan-identity").FullName;

    private ClusterFolder Folder => new(Path.Combine(_path, "cluster"));

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void ANewCluster_HasOneMemberThatItsAuthorityVouchesFor()
    {
        Folder.Create(First, DateTimeOffset.UtcNow);

        var credentials = Folder.Load();

        Assert.Equal(First, credentials.Identity);
        Assert.True(credentials.Certificate.HasPrivateKey);
        Assert.True(ClusterTrust.TryVerify(
            credentials.Certificate, credentials.Authority, "production", out var named));
        Assert.Equal(First, named);
        Assert.True(credentials.Certificate.MatchesHostname("edge-1"));
        Assert.True(credentials.Keys.TryGet(KeyPurpose.CallerToken, out var ring));
        Assert.Equal(1, ring.SealingAt(DateTimeOffset.UtcNow).Generation);
    }

    [Fact]
    public void TwoClusters_HaveNothingInCommon()
    {
        var other = new ClusterFolder(Path.Combine(_path, "other"));
        Folder.Create(First, DateTimeOffset.UtcNow);
        other.Create(First, DateTimeOffset.UtcNow);
        var (mine, theirs) = (Folder.Load(), other.Load());

        Assert.False(ClusterTrust.TryVerify(theirs.Certificate, mine.Authority, "production", out _));
        Assert.False(ClusterTrust.TryVerify(mine.Certificate, mine.Authority, "staging", out _));
        Assert.NotEqual(SecretOf(mine), SecretOf(theirs));
    }

    [Fact]
    public void EveryFile_IsForItsOwnerOnly()
    {
        Folder.Create(First, DateTimeOffset.UtcNow);
        new InvitationBook(Folder).Invite(First with { Node = "edge-2" }, DateTimeOffset.UtcNow.AddHours(1));

        var files = Directory.GetFiles(Folder.FullPath, "*", SearchOption.AllDirectories);

        Assert.Equal(5, files.Length);
        Assert.All(files, f => Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    [Fact]
    public void AMembersFolder_IsNotOverwritten()
    {
        Folder.Create(First, DateTimeOffset.UtcNow);

        Assert.Throws<IOException>(() => Folder.Create(First, DateTimeOffset.UtcNow));
    }

    [Fact]
    public void AnExpiredCertificate_IsNotTrusted()
    {
        Folder.Create(First, DateTimeOffset.UtcNow - IdentityLimits.NodeLifetime - TimeSpan.FromDays(1));
        var credentials = Folder.Load();

        Assert.False(ClusterTrust.TryVerify(credentials.Certificate, credentials.Authority, "production", out _));
    }

    [Fact]
    public void TheAuthority_SignsNothingButP256()
    {
        using var authority = ClusterAuthority.Create("production", DateTimeOffset.UtcNow);
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem();

        Assert.Null(authority.Issue(request, First, DateTimeOffset.UtcNow));
        Assert.Null(authority.Issue("no PEM", First, DateTimeOffset.UtcNow));
    }

    [Fact]
    public void AnAuthority_IsReadBackAndAForeignKeyIsRefused()
    {
        using var authority = ClusterAuthority.Create("production", DateTimeOffset.UtcNow);
        using var other = ClusterAuthority.Create("production", DateTimeOffset.UtcNow);
        var pem = authority.Certificate.ExportCertificatePem();

        using var again = ClusterAuthority.Load(pem, authority.ExportKey());

        Assert.Equal(authority.Certificate.Thumbprint, again.Certificate.Thumbprint);
        Assert.Throws<CryptographicException>(() => ClusterAuthority.Load(pem, other.ExportKey()));
        Assert.Throws<CryptographicException>(() => ClusterAuthority.Load(pem, new Redacted<string>("nothing")));
    }

    [Fact]
    public void ARotatedKeyFile_IsTakenUpWhileTheNodeRuns()
    {
        Folder.Create(First, DateTimeOffset.UtcNow);
        var source = new CredentialSource(Folder);
        var wall = DateTimeOffset.UtcNow;
        var rotated = source.Current.HeldKeys.Rotate(ClusterKeyFile.Draw, wall, wall, IdentityLimits.KeyOverlap);

        Folder.SaveKeys(rotated);
        File.SetLastWriteTimeUtc(Folder.KeysPath, DateTime.UtcNow.AddSeconds(5));
        source.Refresh();

        Assert.True(source.Current.Keys.TryGet(KeyPurpose.Heartbeat, out var ring));
        Assert.Equal(2, ring.SealingAt(wall).Generation);
        Assert.True(ring.TryFindOpening(1, wall, out _));
    }

    [Fact]
    public void ADamagedKeyFile_LeavesTheOldKeysInForce()
    {
        Folder.Create(First, DateTimeOffset.UtcNow);
        var source = new CredentialSource(Folder);
        File.WriteAllText(Folder.KeysPath, "{\"keys\":[{\"purpose\":\"Heartbeat\",\"generation\":7}]}");
        File.SetLastWriteTimeUtc(Folder.KeysPath, DateTime.UtcNow.AddSeconds(5));

        source.Refresh();

        Assert.True(source.Current.Keys.TryGet(KeyPurpose.CallerToken, out _));
    }

    [Theory]
    [InlineData("farspan://c/r/n/edge", true)]
    [InlineData("farspan://c/r/n/connector+edge", true)]
    [InlineData("farspan://c/r/n/witness", true)]
    [InlineData("farspan://c/r/n", false)]
    [InlineData("farspan://c/r/n/", false)]
    [InlineData("farspan://c/r/n/king", false)]
    [InlineData("farspan://c/r/n/edge+edge", false)]
    [InlineData("farspan://c/r/n/edge/x", false)]
    [InlineData("farspan://C/r/n/edge", false)]
    [InlineData("farspan://-c/r/n/edge", false)]
    [InlineData("https://c/r/n/edge", false)]
    [InlineData("farspan://c/r//edge", false)]
    public void AnIdentity_IsThreeNamesAndRoles(string uri, bool isOne) =>
        Assert.Equal(isOne, NodeIdentity.TryParse(uri, out _));

    [Fact]
    public void AnEdgeBesideTheAuthority_MayNotUseTheConnectorsKeys()
    {
        Folder.Create(First, DateTimeOffset.UtcNow);
        var credentials = Folder.Load();

        Assert.True(credentials.HeldKeys.TryGet(KeyPurpose.ResumeToken, out _));
        Assert.Equal([KeyPurpose.CallerToken, KeyPurpose.Heartbeat], credentials.Keys.Rings.Select(r => r.Key));
    }

    private static byte[] SecretOf(NodeCredentials credentials) =>
        credentials.HeldKeys.Rings.First().Value.Newest.Secret.Reveal();

    [Fact]
    public void ArbitraryBytes_AreNoKeys() => Gen.Byte.Array[0, 200].Sample(
        bytes => !ClusterKeyFile.TryDecode(bytes, out _));
}
