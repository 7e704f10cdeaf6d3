using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>
/// Credentials of a role by IAM Identity Center: with the token that <c>aws sso login</c> has left in the
/// cache of AWS's tools (AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider").
/// </summary>
/// <remarks>
/// The token is not renewed here: a person logs in. For a server, roles are the better way. The endpoint can
/// be changed with AWS_ENDPOINT_URL_SSO.
/// </remarks>
public sealed class SsoClient(AwsEnvironment environment, HttpClient http, TimeProvider clock)
{
    private const string Source = "IAM Identity Center";

    /// <param name="profile">The settings of the profile.</param>
    /// <param name="session">Those of its <c>sso-session</c>; in the older form the profile's own.</param>
    /// <param name="sessionName">The name of the session; null in the older form.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<CredentialOutcome> LoadAsync(
        IReadOnlyDictionary<string, string> profile,
        IReadOnlyDictionary<string, string> session,
        string? sessionName,
        CancellationToken cancellation)
    {
        if (profile.GetValueOrDefault("sso_account_id") is not { } account
            || profile.GetValueOrDefault("sso_role_name") is not { } role
            || session.GetValueOrDefault("sso_region") is not { } region
            || session.GetValueOrDefault("sso_start_url") is not { } startUrl)
        {
            return Fail("sso_account_id, sso_role_name, sso_region and sso_start_url are needed");
        }

        if (FindToken(sessionName ?? startUrl) is not { } token)
        {
            return Fail("nobody is logged in, or no longer: aws sso login");
        }

        var address = environment["AWS_ENDPOINT_URL_SSO"]?.TrimEnd('/')
            ?? $"https://portal.sso.{region}.amazonaws.com";
        var query = $"role_name={Uri.EscapeDataString(role)}&account_id={Uri.EscapeDataString(account)}";
        if (!Uri.TryCreate($"{address}/federation/credentials?{query}", UriKind.Absolute, out var uri))
        {
            return Fail($"{address} is not a URL");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("x-amz-sso_bearer_token", token.Reveal());
        var answer = await AmazonHttp.SendAsync(http, request, AmazonHttp.CredentialTimeout, cancellation)
            .ConfigureAwait(false);
        return answer.TryGet(out var response, out var error)
            ? Read(response)
            : Fail($"{error.Kind} {error.Message}");
    }

    private static CredentialOutcome Read(HttpAnswer answer)
    {
        if (answer.Status != 200)
        {
            return Fail($"HTTP {answer.Status}");
        }

        var credentials = TryRead(answer.Body, AmazonJson.Default.SsoAnswer)?.RoleCredentials;
        return credentials is { AccessKeyId: { } id, SecretAccessKey: { } secret, SessionToken: { } token }
            ? new CredentialOutcome.Found(new AwsCredentials(
                id,
                new Redacted<string>(secret),
                new Redacted<string>(token),
                DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(
                    credentials.Expiration, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))))
            : Fail("the answer holds no credentials");
    }

    // AWS's tools name the file by the SHA-1 of the session's name, or of the start URL in the older form.
    private Redacted<string>? FindToken(string key)
    {
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(key)));
        var text = AwsEnvironment.ReadFile(environment.SsoCacheFile(name));
        var cached = text is null
            ? null
            : TryRead(Encoding.UTF8.GetBytes(text), AmazonJson.Default.SsoToken);
        return cached is { AccessToken: { } token } && cached.ExpiresAt > clock.GetUtcNow()
            ? new Redacted<string>(token)
            : null;
    }

    private static T? TryRead<T>(byte[] json, JsonTypeInfo<T> typeInfo)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, typeInfo);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CredentialOutcome.Failed Fail(string reason) => new($"{Source}: {reason}");
}

/// <summary>What <c>aws sso login</c> leaves.</summary>
internal sealed record SsoToken(string? AccessToken, DateTimeOffset ExpiresAt);

/// <summary>The answer of GetRoleCredentials.</summary>
internal sealed record SsoAnswer(SsoRoleCredentials? RoleCredentials);

/// <param name="AccessKeyId">See <see cref="AwsCredentials"/>.</param>
/// <param name="SecretAccessKey">See <see cref="AwsCredentials"/>.</param>
/// <param name="SessionToken">See <see cref="AwsCredentials"/>.</param>
/// <param name="Expiration">Milliseconds since 1970.</param>
internal sealed record SsoRoleCredentials(
    string? AccessKeyId, string? SecretAccessKey, string? SessionToken, long Expiration);
