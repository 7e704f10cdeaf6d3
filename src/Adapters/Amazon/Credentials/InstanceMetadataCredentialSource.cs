using System.Text;

namespace Farspan.Amazon;

/// <summary>
/// The role of an EC2 instance, from its metadata service, version 2 only (Amazon EC2 User Guide, "Use
/// IMDSv2"). AWS_EC2_METADATA_DISABLED and AWS_EC2_METADATA_SERVICE_ENDPOINT are honoured.
/// </summary>
public sealed class InstanceMetadataCredentialSource(AwsEnvironment environment, HttpClient http)
    : ICredentialSource
{
    private const string Source = "instance metadata";
    private const string DefaultEndpoint = "http://169.254.169.254";
    private const string RolesPath = "/latest/meta-data/iam/security-credentials/";
    private const string TokenTtlSeconds = "21600";

    /// <summary>The service is on the same host: what takes longer is not there.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public async Task<CredentialOutcome> LoadAsync(CancellationToken cancellation)
    {
        if (string.Equals(
            environment["AWS_EC2_METADATA_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return new CredentialOutcome.Absent();
        }

        var token = await AskAsync(
            HttpMethod.Put,
            "/latest/api/token",
            ("X-aws-ec2-metadata-token-ttl-seconds", TokenTtlSeconds),
            cancellation)
            .ConfigureAwait(false);
        return token is { Status: 200 }
            ? await LoadAsync(Text(token), cancellation).ConfigureAwait(false)
            : new CredentialOutcome.Absent();
    }

    private static string Text(HttpAnswer answer) => Encoding.UTF8.GetString(answer.Body).Trim();

    private async Task<CredentialOutcome> LoadAsync(string token, CancellationToken cancellation)
    {
        var header = ("X-aws-ec2-metadata-token", token);
        var roles = await AskAsync(HttpMethod.Get, RolesPath, header, cancellation).ConfigureAwait(false);
        if (roles is not { Status: 200 } || Text(roles).Split('\n')[0].Trim() is not { Length: > 0 } role)
        {
            return new CredentialOutcome.Absent(); // An instance without a role.
        }

        var answer = await AskAsync(
            HttpMethod.Get, RolesPath + Uri.EscapeDataString(role), header, cancellation)
            .ConfigureAwait(false);
        return answer is null
            ? new CredentialOutcome.Failed($"{Source}: no answer for role {role}")
            : CredentialDocument.Read(Source, answer);
    }

    private async Task<HttpAnswer?> AskAsync(
        HttpMethod method, string path, (string Name, string Value) header, CancellationToken cancellation)
    {
        var endpoint = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? DefaultEndpoint;
        using var request = new HttpRequestMessage(method, endpoint.TrimEnd('/') + path);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        var answer = await AmazonHttp.SendAsync(http, request, Timeout, cancellation).ConfigureAwait(false);
        return answer.Value;
    }
}
