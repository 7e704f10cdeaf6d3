using System.Diagnostics.CodeAnalysis;

namespace Farspan.Amazon;

/// <summary>
/// An Authorization header of the form <c>AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>.
/// </summary>
internal sealed record SigV4Authorization(
    string AccessKeyId, SigV4Scope Scope, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public static bool TryParse(string header, [NotNullWhen(true)] out SigV4Authorization? authorization)
    {
        authorization = null;
        if (!header.StartsWith(SigV4Signature.Algorithm + " ", StringComparison.Ordinal))
        {
            return false;
        }

        var parts = header[SigV4Signature.Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries);
        var credential = Find(parts, "Credential=").Split('/');
        var signedHeaders = Find(parts, "SignedHeaders=");
        var signature = Find(parts, "Signature=");
        if (credential is [var accessKeyId, var date, var region, var service, "aws4_request"]
            && signedHeaders.Length > 0 && signature.Length == 64)
        {
            authorization = new SigV4Authorization(
                accessKeyId, new SigV4Scope(date, region, service), signedHeaders.Split(';'), signature);
        }

        return authorization is not null;
    }

    private static string Find(string[] parts, string prefix) =>
        Array.Find(parts, part => part.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..] ?? "";
}
