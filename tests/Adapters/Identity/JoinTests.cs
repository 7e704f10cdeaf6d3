using System.Text;
using System.Text.Json;
using CsCheck;
using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Identity.Tests;

public sealed class JoinTests : IDisposable
{
    private static readonly NodeIdentity Invited =
        new("production", "us", "connector-7", ClusterRoles.Connector);

    private readonly string _path = Directory.CreateTempSubdirectory("farspan-join").FullName;
    private readonly ClusterFolder _folder;
    private readonly CredentialSource _credentials;
    private readonly JoinService _service;
    private readonly InvitationBook _invitations;
    private readonly NodeKey _key = new();

    public JoinTests()
    {
        _folder = new ClusterFolder(_path);
        _folder.Create(new NodeIdentity("production", "eu", "edge-1", ClusterRoles.Edge), DateTimeOffset.UtcNow);
        _credentials = new CredentialSource(_folder);
        Assert.True(_folder.TryLoadAuthority(out var authority));
        _service = new JoinService(_credentials, authority);
        _invitations = new InvitationBook(_folder);
    }

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    public void Dispose()
    {
        _service.Dispose();
        _key.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void AnInvitedNode_GetsItsCertificateAndTheKeys()
    {
        var code = _invitations.Invite(Invited, Now.AddMinutes(5));

        Assert.Equal(JoinVerdict.Granted, _service.Join(Request(code), Now, out var answer));

        var joined = JsonSerializer.Deserialize(answer, IdentityJson.Default.JoinAnswerBody)!;
        var content = JsonSerializer.Deserialize(joined.Content, IdentityJson.Default.JoinContentBody)!;
        var node = new ClusterFolder(Path.Combine(_path, "node"));
        Assert.True(ClusterKeyFile.TryRead(content.Keys, out var keys));
        Assert.Equal([KeyPurpose.ResumeToken, KeyPurpose.Heartbeat], keys.Rings.Select(r => r.Key));
        node.Save(_key, content.Certificate, content.Authority, keys);
        var credentials = node.Load();
        Assert.Equal(Invited, credentials.Identity);
        Assert.True(ClusterTrust.TryVerify(
            credentials.Certificate, _credentials.Current.Authority, "production", out _));
        Assert.False(node.HasAuthority);
    }

    [Fact]
    public void ACode_IsGoodOnce()
    {
        var code = _invitations.Invite(Invited, Now.AddMinutes(5));

        Assert.Equal(JoinVerdict.Granted, _service.Join(Request(code), Now, out _));
        Assert.Equal(JoinVerdict.NotInvited, _service.Join(Request(code), Now, out var answer));
        Assert.Empty(answer);
    }

    [Fact]
    public void ACode_ExpiresAndIsForgotten()
    {
        var code = _invitations.Invite(Invited, Now.AddMinutes(5));

        Assert.Equal(JoinVerdict.NotInvited, _service.Join(Request(code), Now.AddMinutes(6), out _));
        Assert.Equal(JoinVerdict.NotInvited, _service.Join(Request(code), Now, out _));
    }

    [Fact]
    public void AnotherAuthorityInBetween_GetsNothing()
    {
        var code = _invitations.Invite(Invited, Now.AddMinutes(5));
        using var between = ClusterAuthority.Create("production", Now);

        var request = Request(code, ClusterTrust.FingerprintOf(between.Certificate));

        Assert.Equal(JoinVerdict.WrongProof, _service.Join(request, Now, out _));
    }

    [Fact]
    public void ARequestThatWasChangedOnTheWay_GetsNothing()
    {
        var code = _invitations.Invite(Invited, Now.AddMinutes(5));
        using var thief = new NodeKey();
        var body = JsonSerializer.Deserialize(Request(code), IdentityJson.Default.JoinRequestBody)!
            with { SigningRequest = thief.CreateSigningRequest() };

        var request = JsonSerializer.SerializeToUtf8Bytes(body, IdentityJson.Default.JoinRequestBody);

        Assert.Equal(JoinVerdict.WrongProof, _service.Join(request, Now, out _));
    }

    [Fact]
    public void GuessingACode_MakesTheInvitationVoid()
    {
        var code = _invitations.Invite(Invited, Now.AddMinutes(5));
        var wrong = code with { Secret = new Redacted<byte[]>(new byte[16]) };
        for (var i = 0; i < IdentityLimits.WrongProofsMax; i++)
        {
            Assert.Equal(JoinVerdict.WrongProof, _service.Join(Request(wrong), Now, out _));
        }

        Assert.Equal(JoinVerdict.NotInvited, _service.Join(Request(code), Now, out _));
    }

    [Fact]
    public void ArbitraryBytes_AreNoRequest() => Gen.Byte.Array[0, 300].Sample(
        bytes => _service.Join(bytes, Now, out _) == JoinVerdict.Malformed);

    [Fact]
    public void AnIdThatIsAPath_IsNotInvited()
    {
        var code = JoinCode.Draw() with { Id = "../../keys" };

        Assert.Equal(JoinVerdict.NotInvited, _service.Join(Request(code), Now, out _));
        Assert.True(File.Exists(_folder.KeysPath));
    }

    [Fact]
    public void ACode_IsReadAsItIsWritten() => Gen.Byte.Array[20].Sample(bytes =>
    {
        var code = new JoinCode(Convert.ToHexStringLower(bytes.AsSpan(0, 4)), new Redacted<byte[]>(bytes[4..]));

        Assert.Equal(35, code.Reveal().Length);
        foreach (var text in new[] { code.Reveal(), code.Reveal().ToLowerInvariant().Replace('-', ' ') })
        {
            Assert.True(JoinCode.TryParse(text, out var read));
            Assert.Equal(code.Id, read.Id);
            Assert.Equal(bytes[4..], read.Secret.Reveal());
        }
    });

    [Fact]
    public void LettersThatLookLikeDigits_CountAsThem()
    {
        Assert.True(JoinCode.TryParse(new string('O', 30) + "IL", out var letters));
        Assert.True(JoinCode.TryParse(new string('0', 30) + "11", out var digits));

        Assert.Equal(digits.Reveal(), letters.Reveal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("00000000-00000000-00000000-0000000U")]
    [InlineData("00000000-00000000-00000000-000000000")]
    public void AnythingElse_IsNoCode(string text) => Assert.False(JoinCode.TryParse(text, out _));

    [Fact]
    public void ACode_DoesNotPrintItsSecret() =>
        Assert.DoesNotContain(JoinCode.Draw().Reveal()[8..], $"{JoinCode.Draw()}", StringComparison.Ordinal);

    private byte[] Request(JoinCode code, byte[]? fingerprint = null)
    {
        var nonce = Encoding.ASCII.GetBytes(new string('n', 32));
        var request = _key.CreateSigningRequest();
        var seen = fingerprint ?? ClusterTrust.FingerprintOf(_credentials.Current.Authority);
        return JsonSerializer.SerializeToUtf8Bytes(
            new JoinRequestBody(code.Id, nonce, request, JoinProof.OfRequest(code, seen, nonce, request)),
            IdentityJson.Default.JoinRequestBody);
    }
}
