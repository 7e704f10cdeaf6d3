namespace Farspan.Calls;

/// <summary>A request to Amazon Connect that gave no result.</summary>
public sealed record ConnectError(ConnectErrorKind Kind)
{
    /// <summary>Null when no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>
    /// The service's own name, such as <c>LimitExceededException</c>; empty when no answer came.
    /// </summary>
    public string ErrorType { get; init; } = "";

    public string Message { get; init; } = "";

    /// <summary>What AWS support asks for; empty when no answer came.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>The service's own wish; null when it has none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the service may have acted although we have no result: a start then is repeated with its
    /// ClientToken until its fate is known.
    /// </summary>
    public bool MayHaveActed => Kind is ConnectErrorKind.ServerError or ConnectErrorKind.TimedOut
        or ConnectErrorKind.ConnectionLost or ConnectErrorKind.InvalidResponse;

    /// <summary>Whether the same request, sent again, may succeed.</summary>
    public bool IsTransient =>
        MayHaveActed || Kind is ConnectErrorKind.Throttled or ConnectErrorKind.Unreachable
        or ConnectErrorKind.ExpiredCredentials or ConnectErrorKind.NoCredentials;

    /// <summary>
    /// Whether the instance as a whole may be out of use: the next request would most likely fail as well.
    /// </summary>
    public bool ConcernsInstance => MayHaveActed || Kind is ConnectErrorKind.Unreachable
        or ConnectErrorKind.AccessDenied or ConnectErrorKind.ExpiredCredentials
        or ConnectErrorKind.NoCredentials or ConnectErrorKind.InvalidActiveRegion
        or ConnectErrorKind.LimitExceeded;
}
