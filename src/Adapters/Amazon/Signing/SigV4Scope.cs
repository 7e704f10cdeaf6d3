using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Farspan.Amazon;

/// <summary>
/// What a signing key is good for: one day, region and service (AWS Signature Version 4, "Credential
/// scope").
/// </summary>
/// <param name="Date">yyyyMMdd, UTC.</param>
/// <param name="Region">Such as <c>eu-central-1</c>.</param>
/// <param name="Service">Such as <c>connect</c>.</param>
public sealed record SigV4Scope(string Date, string Region, string Service)
{
    private const string Terminator = "aws4_request";

    public static SigV4Scope At(DateTimeOffset now, string region, string service) =>
        new(now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture), region, service);

    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";

    /// <summary>The key of this scope, derived from a secret access key.</summary>
    internal byte[] DeriveKey(string secretAccessKey)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (var part in (ReadOnlySpan<string>)[Date, Region, Service, Terminator])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }
}
