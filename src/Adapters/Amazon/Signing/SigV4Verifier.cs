using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Farspan.Amazon;

/// <summary>The server's side of Signature Version 4: for emulators and for tests of the signer.</summary>
/// <param name="region">The region that the server plays.</param>
/// <param name="service">The service that it plays.</param>
/// <param name="findCredentials">Finds the credentials of an access key id; null if there are none.</param>
public sealed class SigV4Verifier(
    string region, string service, Func<string, AwsCredentials?> findCredentials)
{
    /// <summary>How far the request's date may be from the server's.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    public SigV4Verdict Verify(SigV4Message message, DateTimeOffset now)
    {
        if (message.Header("authorization") is not { } header)
        {
            return SigV4Verdict.Missing;
        }

        if (!SigV4Authorization.TryParse(header, out var authorization)
            || !TryReadDate(message, out var date))
        {
            return SigV4Verdict.Malformed;
        }

        if (authorization.Scope != SigV4Scope.At(date, region, service))
        {
            return SigV4Verdict.WrongScope;
        }

        return (now - date).Duration() > MaxSkew
            ? SigV4Verdict.Expired
            : VerifySignature(message, authorization);
    }

    private static bool TryReadDate(SigV4Message message, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(
            message.Header(SigV4Signature.DateHeader),
            SigV4Signature.DateFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out date);

    private SigV4Verdict VerifySignature(SigV4Message message, SigV4Authorization authorization)
    {
        if (findCredentials(authorization.AccessKeyId) is not { } credentials)
        {
            return SigV4Verdict.UnknownAccessKey;
        }

        if (message.Header("x-amz-security-token") != credentials.SessionToken?.Reveal())
        {
            return SigV4Verdict.WrongToken;
        }

        if (!authorization.SignedHeaders.Contains("host")
            || !authorization.SignedHeaders.Contains(SigV4Signature.DateHeader))
        {
            return SigV4Verdict.UnsignedHeader;
        }

        var expected = SigV4Signature.Compute(
            message, authorization.SignedHeaders, authorization.Scope, credentials.SecretAccessKey.Reveal());
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(authorization.Signature))
            ? SigV4Verdict.Valid
            : SigV4Verdict.WrongSignature;
    }
}
