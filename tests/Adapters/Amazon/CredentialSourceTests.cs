using Farspan.Kernel;
using Microsoft.AspNetCore.Http;

namespace Farspan.Amazon.Tests;

public sealed class CredentialSourceTests : IDisposable
{
    private const string StsAnswer = """
        <R xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Result><Credentials>
          <AccessKeyId>ASIA-ROLE</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey>
          <SessionToken>role-token</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration>
        </Credentials></Result></R>
        """;

    private const string Document = """
        {"Code":"Success","AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t",
         "Expiration":"2030-01-01T00:00:00Z"}
        """;

    private static readonly DateTimeOffset Expiration = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _home = Directory.CreateTempSubdirectory("farspan-aws-").FullName;
    private readonly Dictionary<string, string> _variables = new();

    public CredentialSourceTests()
    {
        _variables["HOME"] = _home;
        _variables["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task NothingConfigured_IsAbsent() =>
        Assert.IsType<CredentialOutcome.Absent>(await LoadAsync());

    [Fact]
    public async Task Variables_CountBeforeEverythingElse()
    {
        WriteFile("credentials", "[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n");
        Set(("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_SESSION_TOKEN", "t"));

        var credentials = await FindAsync();

        Assert.Equal("ENV", credentials.AccessKeyId);
        Assert.Equal("t", credentials.SessionToken!.Value.Reveal());
        Assert.Null(credentials.Expiration);
    }

    [Fact]
    public async Task AProfile_MayHoldStaticKeys_InEitherFile()
    {
        WriteFile(
            "config",
            "[profile work]\nregion = eu-west-2\naws_access_key_id=CONFIG\n"
            + " aws_session_token = nested\n# comment\n");
        WriteFile("credentials", "[work]\naws_access_key_id = FILE\naws_secret_access_key = a=b\n");
        Set(("AWS_PROFILE", "work"));

        var credentials = await FindAsync();

        Assert.Equal("FILE", credentials.AccessKeyId);
        Assert.Equal("a=b", credentials.SecretAccessKey.Reveal());
        Assert.Null(credentials.SessionToken);
    }

    [Fact]
    public async Task AProfileThatIsNamed_MustExist()
    {
        Set(("AWS_PROFILE", "missing"));
        await AssertFailsAsync("missing");
    }

    [Fact]
    public async Task ADefaultProfile_WithOnlyARegion_IsAbsent()
    {
        WriteFile("config", "[default]\nregion = eu-west-2\n");
        Assert.IsType<CredentialOutcome.Absent>(await LoadAsync());
    }

    [Fact]
    public async Task AProfile_TakesARole_WithTheKeysOfItsSource()
    {
        await using var sts = await FakeServer.StartAsync(200, StsAnswer);
        WriteFile(
            "config",
            """
            [profile role]
            role_arn = arn:aws:iam::1:role/r
            source_profile = base
            role_session_name = me
            external_id = x y
            [profile base]
            aws_access_key_id = BASE
            aws_secret_access_key = base-secret
            """);
        Set(("AWS_PROFILE", "role"), ("AWS_ENDPOINT_URL_STS", sts.Url.ToString()));

        var credentials = await FindAsync();

        Assert.Equal(("ASIA-ROLE", Expiration), (credentials.AccessKeyId, credentials.Expiration!.Value));
        Assert.Equal("role-token", credentials.SessionToken!.Value.Reveal());
        var request = Assert.Single(sts.Requests);
        Assert.Equal(
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"
            + "&RoleSessionName=me&ExternalId=x+y",
            request.Text);
        var verifier = new SigV4Verifier(
            "us-west-2", "sts", id => id == "BASE" ? new(id, new Redacted<string>("base-secret")) : null);
        Assert.Equal(SigV4Verdict.Valid, verifier.Verify(request.Message, DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task ARole_MayBeItsOwnSource_ForItsStaticKeys()
    {
        await using var sts = await FakeServer.StartAsync(200, StsAnswer);
        WriteFile(
            "config",
            "[default]\nrole_arn = arn:r\nsource_profile = default\n"
            + "aws_access_key_id = A\naws_secret_access_key = s\n");
        Set(("AWS_ENDPOINT_URL_STS", sts.Url.ToString()));

        Assert.Equal("ASIA-ROLE", (await FindAsync()).AccessKeyId);
        Assert.Single(sts.Requests);
    }

    [Fact]
    public async Task ACircleOfRoles_IsNoticed()
    {
        WriteFile(
            "config",
            "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n");
        Set(("AWS_PROFILE", "a"));

        await AssertFailsAsync("circle");
    }

    [Fact]
    public async Task ARole_MayUseTheEnvironment_AsItsCredentialSource()
    {
        await using var sts = await FakeServer.StartAsync(200, StsAnswer);
        await using var container = await FakeServer.StartAsync(200, Document);
        WriteFile("config", "[profile a]\nrole_arn = r\ncredential_source = EcsContainer\n");
        Set(
            ("AWS_PROFILE", "a"),
            ("AWS_ENDPOINT_URL_STS", sts.Url.ToString()),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url.ToString()));

        Assert.Equal("ASIA-ROLE", (await FindAsync()).AccessKeyId);
        Assert.Contains(
            "Credential=ASIA/",
            Assert.Single(sts.Requests).Header("Authorization")!,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebIdentity_SendsTheTokenOfTheFile_Unsigned()
    {
        await using var sts = await FakeServer.StartAsync(200, StsAnswer);
        Set(
            ("AWS_WEB_IDENTITY_TOKEN_FILE", WriteFile("token", "jwt.1\n")),
            ("AWS_ROLE_ARN", "arn:r"),
            ("AWS_ENDPOINT_URL_STS", sts.Url.ToString()));

        Assert.Equal("ASIA-ROLE", (await FindAsync()).AccessKeyId);

        var request = Assert.Single(sts.Requests);
        Assert.Equal(
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Ar&RoleSessionName=farspan"
            + "&WebIdentityToken=jwt.1",
            request.Text);
        Assert.Null(request.Header("Authorization"));
    }

    [Theory]
    [InlineData(
        403, "<E><Error><Code>AccessDenied</Code><Message>no</Message></Error></E>", "AccessDenied no")]
    [InlineData(200, "not xml", "not XML")]
    [InlineData(200, "<R/>", "200")]
    [InlineData(200, "<!DOCTYPE R [<!ENTITY a \"b\">]><R>&a;</R>", "not XML")]
    public async Task AnStsThatRefuses_OrTalksNonsense_IsAFailure(int status, string body, string expected)
    {
        await using var sts = await FakeServer.StartAsync(status, body);
        Set(
            ("AWS_WEB_IDENTITY_TOKEN_FILE", WriteFile("token", "jwt")),
            ("AWS_ROLE_ARN", "arn:r"),
            ("AWS_ENDPOINT_URL_STS", sts.Url.ToString()));

        await AssertFailsAsync(expected);
    }

    [Fact]
    public async Task AMissingTokenFile_IsAFailure_NotTheNextSource()
    {
        Set(("AWS_WEB_IDENTITY_TOKEN_FILE", Path.Combine(_home, "none")), ("AWS_ROLE_ARN", "arn:r"));
        Assert.IsType<CredentialOutcome.Failed>(await LoadAsync());
    }

    [Fact]
    public async Task AContainer_IsAsked_WithTheTokenOfTheFile()
    {
        await using var server = await FakeServer.StartAsync(200, Document);
        Set(
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(server.Url, "/v1/credentials").ToString()),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "ignored"),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", WriteFile("pod", "pod-token\n")));

        var credentials = await FindAsync();

        Assert.Equal(("ASIA", Expiration), (credentials.AccessKeyId, credentials.Expiration!.Value));
        var request = Assert.Single(server.Requests);
        Assert.Equal(("GET /v1/credentials", "pod-token"), (request.Line, request.Header("Authorization")));
    }

    [Theory]
    [InlineData("http://example.com/creds")]
    [InlineData("http://169.254.170.20/creds")]
    [InlineData("http://localhost.example.com/creds")]
    [InlineData("ftp://127.0.0.1/creds")]
    [InlineData("nonsense")]
    public async Task AContainerEndpoint_ElsewhereWithoutTls_IsNotTold(string url)
    {
        Set(("AWS_CONTAINER_CREDENTIALS_FULL_URI", url));
        await AssertFailsAsync("not allowed");
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "nonsense")]
    [InlineData(200, """{"AccessKeyId":"a","Expiration":"soon"}""")]
    public async Task AContainerThatTalksNonsense_IsAFailure(int status, string body)
    {
        await using var server = await FakeServer.StartAsync(status, body);
        Set(("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.Url.ToString()));
        Assert.IsType<CredentialOutcome.Failed>(await LoadAsync());
    }

    [Fact]
    public async Task AnInstance_IsAskedWithASessionToken()
    {
        await using var server = await FakeServer.StartAsync((context, request) =>
        {
            var isToken = request.Line == "PUT /latest/api/token"
                && request.Header("X-aws-ec2-metadata-token-ttl-seconds") == "21600";
            var isAuthorized = request.Header("X-aws-ec2-metadata-token") == "imds-token";
            context.Response.StatusCode = isToken || isAuthorized ? 200 : 401;
            return context.Response.WriteAsync((isToken, request.Message.Path) switch
            {
                (true, _) => "imds-token",
                (_, "/latest/meta-data/iam/security-credentials/") => "node-role\n",
                (_, "/latest/meta-data/iam/security-credentials/node-role") => Document,
                _ => "",
            });
        });
        UseInstance(server);

        Assert.Equal("ASIA", (await FindAsync()).AccessKeyId);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(403)] // IMDS is disabled for the instance.
    [InlineData(404)]
    public async Task AnInstance_WithoutMetadataVersion2_IsAbsent(int status)
    {
        await using var server = await FakeServer.StartAsync(status, "");
        UseInstance(server);

        Assert.IsType<CredentialOutcome.Absent>(await LoadAsync());
        Assert.Single(server.Requests);
    }

    private void UseInstance(FakeServer server)
    {
        _variables.Remove("AWS_EC2_METADATA_DISABLED");
        _variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = server.Url.ToString();
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
