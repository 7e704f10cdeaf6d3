using System.Net;

namespace Farspan.Amazon;

/// <summary>
/// The credential endpoint of ECS and EKS Pod Identity: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or
/// …_FULL_URI, with AWS_CONTAINER_AUTHORIZATION_TOKEN or its file.
/// </summary>
/// <remarks>
/// Over plain HTTP only loopback and the addresses that AWS reserves are asked: a token must not leave.
/// </remarks>
public sealed class ContainerCredentialSource(AwsEnvironment environment, HttpClient http) : ICredentialSource
{
    private const string Source = "container credentials";
    private static readonly string[] ReservedHosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

    public async Task<CredentialOutcome> LoadAsync(CancellationToken cancellation)
    {
        if (Endpoint() is not { } url)
        {
            return new CredentialOutcome.Absent();
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsAllowed(uri))
        {
            return new CredentialOutcome.Failed($"{Source}: {url} is not allowed");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (Token() is { } token && !request.Headers.TryAddWithoutValidation("Authorization", token))
        {
            return new CredentialOutcome.Failed($"{Source}: the authorization token is not usable");
        }

        var answer = await AmazonHttp.SendAsync(http, request, AmazonHttp.CredentialTimeout, cancellation)
            .ConfigureAwait(false);
        return answer.TryGet(out var response, out var error)
            ? CredentialDocument.Read(Source, response)
            : new CredentialOutcome.Failed($"{Source}: {error.Kind} {error.Message}");
    }

    private string? Endpoint() =>
        environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] is { } relative
            ? "http://169.254.170.2" + relative
            : environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"];

    private static bool IsAllowed(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (IsLoopback(uri) || ReservedHosts.Contains(uri.Host)));

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost"
            || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The file is read anew each time: EKS renews it.</summary>
    private string? Token() =>
        environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] is { } file
            ? AwsEnvironment.ReadFile(file)
            : environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"];
}
