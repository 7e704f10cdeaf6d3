using Farspan.Amazon;
using Farspan.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Checks Signature Version 4 of requests to Amazon Connect against the emulator's own keys.
/// </summary>
internal static class SignatureCheck
{
    /// <summary>Null means that the request may be performed.</summary>
    public static ApiError? FindFault(
        HttpRequest request, ReadOnlyMemory<byte> body, ConnectEmulatorSettings settings, DateTimeOffset now)
    {
        if (!settings.VerifiesSignatures)
        {
            return null;
        }

        var verifier = new SigV4Verifier(settings.Region, "connect", id => FindCredentials(settings, id));
        var verdict = verifier.Verify(ToMessage(request, body), now);
        return verdict switch
        {
            SigV4Verdict.Valid => null,
            SigV4Verdict.Missing or SigV4Verdict.Malformed => Refusal(
                "IncompleteSignatureException", verdict),
            SigV4Verdict.UnknownAccessKey => Refusal("UnrecognizedClientException", verdict),
            _ => Refusal("InvalidSignatureException", verdict),
        };
    }

    private static ApiError Refusal(string type, SigV4Verdict verdict) =>
        new(403, type, $"signature: {verdict}");

    private static AwsCredentials? FindCredentials(ConnectEmulatorSettings settings, string accessKeyId) =>
        settings.AccessKeys.FirstOrDefault(key => key.AccessKeyId == accessKeyId) is { } key
            ? new AwsCredentials(key.AccessKeyId, new Redacted<string>(key.SecretAccessKey), null, null)
            : null;

    private static SigV4Message ToMessage(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var target =
            request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var headers = request.Headers.SelectMany(header =>
            header.Value.Select(value => KeyValuePair.Create(header.Key.ToLowerInvariant(), value ?? "")));
        return new SigV4Message
        {
            Method = request.Method,
            Path = target[0],
            Query = target.Length == 2 ? target[1] : "",
            Headers = [.. headers],
            Body = body,
        };
    }
}
