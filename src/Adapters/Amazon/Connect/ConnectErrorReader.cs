using System.Text.Json;
using Farspan.Calls;

namespace Farspan.Amazon;

/// <summary>
/// Turns an HTTP error of Amazon Connect into a <see cref="ConnectError"/> (API Reference, "Common
/// Errors").
/// </summary>
internal static class ConnectErrorReader
{
    public static ConnectError Read(HttpAnswer answer, DateTimeOffset now)
    {
        var body = ReadBody(answer.Body);
        var type = ShortName(answer.Header("x-amzn-ErrorType") ?? body.Type ?? body.Code ?? "");
        return new ConnectError(KindOf(answer.Status, type))
        {
            HttpStatus = answer.Status,
            ErrorType = type,
            Message = body.Message ?? "",
            RequestId = answer.Header("x-amzn-RequestId") ?? "",
            RetryAfter = answer.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
                _ => null,
            },
        };
    }

    /// <summary>Types come as <c>Name</c>, <c>Name:http://…</c> and <c>namespace#Name</c>.</summary>
    private static string ShortName(string type)
    {
        var name = type.Split(':')[0];
        return name[(name.IndexOf('#', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static ConnectErrorKind KindOf(int status, string type) => type switch
    {
        "ThrottlingException" or "TooManyRequestsException" or "Throttling" => ConnectErrorKind.Throttled,
        "LimitExceededException" or "ServiceQuotaExceededException" => ConnectErrorKind.LimitExceeded,
        "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" or "UnrecognizedClientException"
            or "InvalidSignatureException" or "InvalidClientTokenId" or "IncompleteSignature"
            => ConnectErrorKind.ExpiredCredentials,
        "AccessDeniedException" or "AccessDenied" => ConnectErrorKind.AccessDenied,
        "ResourceNotFoundException" => ConnectErrorKind.ResourceNotFound,
        "ContactNotFoundException" => ConnectErrorKind.ContactNotFound,
        "InvalidParameterException" or "ValidationException" => ConnectErrorKind.InvalidParameter,
        "InvalidRequestException" => ConnectErrorKind.InvalidRequest,
        "InvalidActiveRegionException" => ConnectErrorKind.InvalidActiveRegion,
        "ConflictException" => ConnectErrorKind.Conflict,
        _ => KindOf(status),
    };

    private static ConnectErrorKind KindOf(int status) => status switch
    {
        429 => ConnectErrorKind.Throttled,
        401 or 403 => ConnectErrorKind.AccessDenied,
        404 => ConnectErrorKind.ResourceNotFound,
        402 => ConnectErrorKind.LimitExceeded,
        409 => ConnectErrorKind.Conflict,
        >= 500 => ConnectErrorKind.ServerError,
        >= 400 => ConnectErrorKind.InvalidRequest,
        _ => ConnectErrorKind.InvalidResponse,
    };

    private static ErrorBody ReadBody(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, AmazonJson.Default.ErrorBody) ?? new ErrorBody();
        }
        catch (JsonException)
        {
            return new ErrorBody(); // A proxy's page, or nothing at all; the status says enough.
        }
    }
}
