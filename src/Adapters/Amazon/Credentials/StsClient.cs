using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>The two operations of AWS STS that give credentials (AWS STS API Reference).</summary>
/// <param name="http">Sends; its time-out is not used.</param>
/// <param name="region">The region whose endpoint is asked.</param>
/// <param name="endpoint">Another endpoint, such as an emulator's; null for AWS's own.</param>
/// <param name="clock">The wall clock for signatures.</param>
public sealed class StsClient(HttpClient http, string region, Uri? endpoint, TimeProvider clock)
{
    private const string ApiVersion = "2011-06-15";
    private readonly Uri _endpoint = endpoint ?? AwsEndpoint.For("sts", region);

    public Task<CredentialOutcome> AssumeRoleAsync(
        AssumedRole role, AwsCredentials signer, CancellationToken cancellation) =>
        CallAsync("AssumeRole", Parameters(role, "ExternalId", role.ExternalId), signer, cancellation);

    /// <summary>Not signed: the token is the proof.</summary>
    public Task<CredentialOutcome> AssumeRoleWithWebIdentityAsync(
        AssumedRole role, string token, CancellationToken cancellation) =>
        CallAsync(
            "AssumeRoleWithWebIdentity", Parameters(role, "WebIdentityToken", token), null, cancellation);

    private static List<KeyValuePair<string, string>> Parameters(AssumedRole role, string name, string? value)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("RoleArn", role.Arn),
            new("RoleSessionName", role.SessionName ?? "farspan"),
        ];
        if (value is not null)
        {
            parameters.Add(new(name, value));
        }

        return parameters;
    }

    private async Task<CredentialOutcome> CallAsync(
        string action,
        List<KeyValuePair<string, string>> parameters,
        AwsCredentials? signer,
        CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(
            [new("Action", action), new("Version", ApiVersion), .. parameters]);
        var body = await form.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = form };
        if (signer is not null)
        {
            SigV4Signer.Sign(request, body, signer, region, "sts", clock.GetUtcNow());
        }

        var answer = await AmazonHttp.SendAsync(http, request, AmazonHttp.CredentialTimeout, cancellation)
            .ConfigureAwait(false);
        return answer.TryGet(out var response, out var error)
            ? Read(action, response)
            : new CredentialOutcome.Failed($"{action} at {_endpoint.Host}: {error.Kind} {error.Message}");
    }

    private static CredentialOutcome Read(string action, HttpAnswer answer)
    {
        if (!TryParse(answer.Body, out var document))
        {
            return new CredentialOutcome.Failed($"{action}: {answer.Status}, not XML");
        }

        string? Value(string name) =>
            document.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        if (Value("AccessKeyId") is { } id && Value("SecretAccessKey") is { } secret
            && Value("SessionToken") is { } token
            && DateTimeOffset.TryParse(Value("Expiration"), CultureInfo.InvariantCulture, out var expiration))
        {
            return new CredentialOutcome.Found(new AwsCredentials(
                id, new Redacted<string>(secret), new Redacted<string>(token), expiration));
        }

        return new CredentialOutcome.Failed($"{action}: {answer.Status} {Value("Code")} {Value("Message")}");
    }

    private static bool TryParse(byte[] body, out XDocument document)
    {
        try
        {
            // The default settings refuse document type definitions, and with them entity bombs.
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(body)));
            document = XDocument.Load(reader);
            return true;
        }
        catch (XmlException)
        {
            document = new XDocument();
            return false;
        }
    }
}
