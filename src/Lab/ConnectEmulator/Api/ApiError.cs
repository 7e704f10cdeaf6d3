namespace Farspan.ConnectEmulator;

/// <summary>A refusal in the form of the AWS REST-JSON protocol: a status, a type and a message.</summary>
public sealed record ApiError(int StatusCode, string Type, string Message)
{
    /// <summary>What the Retry-After header says; null leaves it out.</summary>
    public TimeSpan? RetryAfter { get; init; }

    internal static ApiError InvalidParameter(string message) =>
        new(400, "InvalidParameterException", message);

    internal static ApiError InvalidRequest(string message) => new(400, "InvalidRequestException", message);

    internal static ApiError Validation(string message) => new(400, "ValidationException", message);

    internal static ApiError AccessDenied(string message) => new(403, "AccessDeniedException", message);

    internal static ApiError NotFound(string message) => new(404, "ResourceNotFoundException", message);

    internal static ApiError ContactNotFound(string id) =>
        new(410, "ContactNotFoundException", $"no contact {id}");

    internal static ApiError Conflict(string message) => new(409, "ConflictException", message);

    internal static ApiError QuotaExceeded(string message) =>
        new(402, "ServiceQuotaExceededException", message);

    internal static ApiError LimitExceeded(string message) => new(429, "LimitExceededException", message);

    internal static ApiError Throttled() => new(429, "TooManyRequestsException", "Rate exceeded");
}
