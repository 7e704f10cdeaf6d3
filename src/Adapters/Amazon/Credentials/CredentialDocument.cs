using System.Text.Json;
using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>The JSON that container and instance endpoints answer with.</summary>
internal sealed record CredentialDocument
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }

    public string? Token { get; init; }

    public DateTimeOffset? Expiration { get; init; }

    public static CredentialOutcome Read(string source, HttpAnswer answer)
    {
        if (answer.Status != 200)
        {
            return new CredentialOutcome.Failed($"{source}: HTTP {answer.Status}");
        }

        CredentialDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(answer.Body, AmazonJson.Default.CredentialDocument);
        }
        catch (JsonException)
        {
            document = null;
        }

        return document is { AccessKeyId: { } id, SecretAccessKey: { } secret }
            ? new CredentialOutcome.Found(new AwsCredentials(
                id,
                new Redacted<string>(secret),
                document.Token is { } token ? new Redacted<string>(token) : null,
                document.Expiration))
            : new CredentialOutcome.Failed($"{source}: {document?.Code} {document?.Message}");
    }
}
