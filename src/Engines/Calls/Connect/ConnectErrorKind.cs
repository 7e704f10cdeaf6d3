namespace Farspan.Calls;

/// <summary>
/// Why a request to Amazon Connect has no result: what the caller can do about it decides the kind.
/// </summary>
public enum ConnectErrorKind
{
    /// <summary>Too many requests (429); the same request may be sent again later.</summary>
    Throttled,

    /// <summary>
    /// A quota such as concurrent calls is used up; another instance or region may have room.
    /// </summary>
    LimitExceeded,

    /// <summary>The credentials are good but do not allow this.</summary>
    AccessDenied,

    /// <summary>The credentials or the bearer token have run out, or their signature was refused.</summary>
    ExpiredCredentials,

    /// <summary>No credentials could be obtained, so nothing was sent.</summary>
    NoCredentials,

    /// <summary>The instance or the flow does not exist.</summary>
    ResourceNotFound,

    /// <summary>The contact does not exist or is over.</summary>
    ContactNotFound,

    InvalidParameter,

    InvalidRequest,

    /// <summary>
    /// The contact lives in the other region of a replica pair (Amazon Connect Global Resiliency).
    /// </summary>
    InvalidActiveRegion,

    /// <summary>The participant exists already, or the request contradicts one before.</summary>
    Conflict,

    /// <summary>5xx: the service failed; whether it acted is not known.</summary>
    ServerError,

    /// <summary>No answer in time; whether the service acted is not known.</summary>
    TimedOut,

    /// <summary>
    /// The connection broke after the request may have left; whether the service acted is not known.
    /// </summary>
    ConnectionLost,

    /// <summary>No connection could be made: the request did not arrive.</summary>
    Unreachable,

    /// <summary>An answer that says success but is not what the API promises.</summary>
    InvalidResponse,
}
