using System.Globalization;

namespace Farspan.Amazon;

/// <summary>Signs requests to AWS (AWS Signature Version 4, header form).</summary>
/// <remarks>Checked against AWS's published examples; see decision 0011 for why it is our own.</remarks>
public static class SigV4Signer
{
    private const string TokenHeader = "x-amz-security-token";

    /// <summary>The Authorization header for a message that has its x-amz-date already.</summary>
    public static string Authorization(
        SigV4Message message,
        IReadOnlyList<string> signedHeaders,
        SigV4Scope scope,
        AwsCredentials credentials)
    {
        var signature = SigV4Signature.Compute(
            message, signedHeaders, scope, credentials.SecretAccessKey.Reveal());
        return $"{SigV4Signature.Algorithm} Credential={credentials.AccessKeyId}/{scope}, "
            + $"SignedHeaders={string.Join(';', signedHeaders)}, Signature={signature}";
    }

    /// <summary>Adds date, session token and Authorization to a request with an absolute URI.</summary>
    public static void Sign(
        HttpRequestMessage request,
        ReadOnlyMemory<byte> body,
        AwsCredentials credentials,
        string region,
        string service,
        DateTimeOffset now)
    {
        var uri = request.RequestUri!;
        request.Headers.Host = uri.IsDefaultPort ? uri.Host : $"{uri.Host}:{uri.Port}";
        request.Headers.TryAddWithoutValidation(
            SigV4Signature.DateHeader,
            now.UtcDateTime.ToString(SigV4Signature.DateFormat, CultureInfo.InvariantCulture));
        if (credentials.SessionToken is { } token)
        {
            request.Headers.TryAddWithoutValidation(TokenHeader, token.Reveal());
        }

        var message = ToMessage(request, body);
        string[] signedHeaders =
        [
            .. message.Headers.Select(header => header.Key).Order(StringComparer.Ordinal),
        ];
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            Authorization(message, signedHeaders, SigV4Scope.At(now, region, service), credentials));
    }

    /// <summary>Only what no proxy rewrites is signed: host, content type, and AWS's own headers.</summary>
    private static SigV4Message ToMessage(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        var headers = request.Headers
            .Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .Select(header =>
                KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(',', header.Value)))
            .Where(header => header.Key is "host" or "content-type"
                || header.Key.StartsWith("x-amz-", StringComparison.Ordinal));
        return new SigV4Message
        {
            Method = request.Method.Method,
            Path = request.RequestUri!.AbsolutePath,
            Query = request.RequestUri.Query.TrimStart('?'),
            Headers = [.. headers],
            Body = body,
        };
    }
}
