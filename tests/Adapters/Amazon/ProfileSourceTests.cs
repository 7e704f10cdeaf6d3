using System.Security.Cryptography;
using System.Text;

namespace Farspan.Amazon.Tests;

/// <summary>Profiles that get their credentials from a program or from IAM Identity Center.</summary>
public sealed class ProfileSourceTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("farspan-aws-").FullName;
    private readonly Dictionary<string, string> _variables = new();

    public ProfileSourceTests()
    {
        _variables["HOME"] = _home;
        _variables["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task AProfile_MayNameAProgram_WhichPrintsTheCredentials()
    {
        var script = WriteFile(
            "print it.sh",
            """
            printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"s","SessionToken":"t",' "$1"
            printf '"Expiration":"2030-01-02T03:04:05Z"}'
            """);
        WriteFile("config", $"[profile p]\ncredential_process = /bin/sh \"{script}\" 'KEY OF MINE'\n");
        Set(("AWS_PROFILE", "p"));

        var credentials = await FindAsync();

        Assert.Equal("KEY OF MINE", credentials.AccessKeyId);
        Assert.Equal("s", credentials.SecretAccessKey.Reveal());
        Assert.Equal("t", credentials.SessionToken!.Value.Reveal());
        Assert.Equal(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), credentials.Expiration);
    }

    [Theory]
    [InlineData("/bin/sh -c 'exit 3'", "exit code 3")]
    [InlineData("/bin/sh -c 'echo {}'", "version 1")]
    [InlineData("/bin/sh -c 'echo nonsense'", "version 1")]
    [InlineData("/bin/sh -c 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done'", "more than")]
    [InlineData("/no/such/program", "cannot be started")]
    [InlineData("/bin/echo \"open", "open quote")]
    public async Task AProgramThatPrintsNone_IsAFailureThatSaysWhy(string command, string reason)
    {
        WriteFile("config", $"[profile p]\ncredential_process = {command}\n");
        Set(("AWS_PROFILE", "p"));

        await AssertFailsAsync(reason);
    }

    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("'a b' \"c \\\"d\\\" \\x\" e\\ f ''", "a b|c \"d\" \\x|e f|")]
    [InlineData("  ", null)]
    [InlineData("a 'b", null)]
    public void ACommandLine_IsSplitAsAShellDoes(string line, string? words) =>
        Assert.Equal(words?.Split('|') ?? [], CommandLine.Split(line));

    [Theory]
    [InlineData(
        "sso_session = corp",
        "[sso-session corp]\nsso_region = eu-west-2\nsso_start_url = https://x\n",
        "corp")]
    [InlineData("sso_start_url = https://x\nsso_region = eu-west-2", "", "https://x")]
    public async Task AProfileOfIdentityCenter_UsesTheTokenOfTheLogin(
        string reference, string section, string key)
    {
        await using var portal = await FakeServer.StartAsync(
            200,
            """
            {"roleCredentials":{"accessKeyId":"SSO","secretAccessKey":"s","sessionToken":"t",
             "expiration":1893553445000}}
            """);
        WriteFile(
            "config", $"[profile p]\n{reference}\nsso_account_id = 123\nsso_role_name = a/b\n{section}");
        Set(("AWS_PROFILE", "p"), ("AWS_ENDPOINT_URL_SSO", portal.Url.ToString()));
        WriteToken(key, DateTimeOffset.UtcNow.AddHours(1));

        var credentials = await FindAsync();

        Assert.Equal(("SSO", "t"), (credentials.AccessKeyId, credentials.SessionToken!.Value.Reveal()));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1893553445000), credentials.Expiration);
        var request = Assert.Single(portal.Requests);
        Assert.Equal("GET /federation/credentials", request.Line);
        Assert.Equal("role_name=a%2Fb&account_id=123", request.Message.Query);
        Assert.Equal("login-token", request.Header("x-amz-sso_bearer_token"));

        WriteToken(key, DateTimeOffset.UtcNow.AddSeconds(-1));
        await AssertFailsAsync("aws sso login");
    }

    private void WriteToken(string key, DateTimeOffset expiresAt)
    {
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(key)));
        Directory.CreateDirectory(Path.Combine(_home, ".aws", "sso", "cache"));
        WriteFile(
            Path.Combine("sso", "cache", name + ".json"),
            $$"""{"accessToken":"login-token","expiresAt":"{{expiresAt:yyyy-MM-ddTHH:mm:ssZ}}"}""");
    }

    private void Set(params (string Name, string Value)[] variables)
    {
        foreach (var (name, value) in variables)
        {
            _variables[name] = value;
        }
    }

    private string WriteFile(string name, string content)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_home, ".aws")).FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private async Task<CredentialOutcome> LoadAsync()
    {
        using var http = AmazonHttpClient.Create();
        var environment = new AwsEnvironment(_variables.GetValueOrDefault);
        return await CredentialChain.CreateDefault(environment, http, "us-west-2", TimeProvider.System)
            .LoadAsync(CancellationToken.None);
    }

    private async Task AssertFailsAsync(string reason)
    {
        var failed = Assert.IsType<CredentialOutcome.Failed>(await LoadAsync());
        Assert.Contains(reason, failed.Reason, StringComparison.Ordinal);
    }

    private async Task<AwsCredentials> FindAsync()
    {
        var outcome = await LoadAsync();
        Assert.True(outcome is CredentialOutcome.Found, outcome.ToString());
        return ((CredentialOutcome.Found)outcome).Credentials;
    }
}
