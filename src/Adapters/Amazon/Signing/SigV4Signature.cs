using System.Security.Cryptography;
using System.Text;

namespace Farspan.Amazon;

/// <summary>
/// The arithmetic that signer and verifier share: canonical request, string to sign, signature
/// (AWS Signature Version 4, "Create a signed AWS API request").
/// </summary>
internal static class SigV4Signature
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string DateHeader = "x-amz-date";
    public const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The signature in lower-case hexadecimal digits.</summary>
    /// <param name="message">The request; its x-amz-date is in the string to sign.</param>
    /// <param name="signedHeaders">Lower-case names in order; each must be in the request.</param>
    /// <param name="scope">What the key is good for.</param>
    /// <param name="secretAccessKey">The secret.</param>
    public static string Compute(
        SigV4Message message, IReadOnlyList<string> signedHeaders, SigV4Scope scope, string secretAccessKey)
    {
        var stringToSign = string.Join(
            '\n',
            Algorithm,
            message.Header(DateHeader),
            scope.ToString(),
            Hash(Encoding.UTF8.GetBytes(CanonicalRequest(message, signedHeaders))));
        return Convert.ToHexStringLower(
            HMACSHA256.HashData(scope.DeriveKey(secretAccessKey), Encoding.UTF8.GetBytes(stringToSign)));
    }

    private static string CanonicalRequest(SigV4Message message, IReadOnlyList<string> signedHeaders)
    {
        var request = new StringBuilder()
            .Append(message.Method).Append('\n')
            .Append(CanonicalPath(message.Path)).Append('\n')
            .Append(CanonicalQuery(message.Query)).Append('\n');
        foreach (var name in signedHeaders)
        {
            request.Append(name).Append(':').Append(CanonicalValue(message.Header(name) ?? "")).Append('\n');
        }

        return request.Append('\n')
            .AppendJoin(';', signedHeaders).Append('\n')
            .Append(Hash(message.Body.Span))
            .ToString();
    }

    /// <summary>Every service but S3 encodes the path of the wire once more.</summary>
    private static string CanonicalPath(string path) =>
        path.Length == 0 ? "/" : string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string CanonicalQuery(string query)
    {
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => parameter.Split('=', 2))
            .Select(pair => (Name: Recode(pair[0]), Value: pair.Length == 2 ? Recode(pair[1]) : ""))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal);
        return string.Join('&', parameters.Select(pair => $"{pair.Name}={pair.Value}"));
    }

    private static string Recode(string value) => Uri.EscapeDataString(Uri.UnescapeDataString(value));

    /// <summary>Trimmed, and runs of spaces made one.</summary>
    private static string CanonicalValue(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
