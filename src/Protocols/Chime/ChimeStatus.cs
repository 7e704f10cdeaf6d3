namespace Farspan.Chime;

/// <summary>What the service's numbers mean: one table for each place where a number can appear.</summary>
/// <remarks>Source: the status codes that the Chime SDK for JavaScript distinguishes, 3.33.</remarks>
public static class ChimeStatus
{
    /// <summary>AUDIO_STATUS; null while all is well.</summary>
    public static ChimeEnd? FromAudioStatus(uint status)
    {
        ChimeEndReason? reason = status switch
        {
            >= 200 and < 300 => null,
            301 => ChimeEndReason.Displaced,
            403 => ChimeEndReason.AuthRejected,
            409 => ChimeEndReason.AtCapacity,
            410 => ChimeEndReason.MeetingEnded,
            411 => ChimeEndReason.AttendeeRemoved,
            >= 500 and < 600 => ChimeEndReason.ServiceError,
            _ => ChimeEndReason.AudioDisconnected,
        };
        return reason is { } known ? new ChimeEnd(known) { Code = (int)status } : null;
    }

    /// <summary>The error of any frame.</summary>
    public static ChimeEnd FromError(ErrorFrame error)
    {
        var reason = error.Status switch
        {
            403 => ChimeEndReason.AuthRejected,
            206 or 409 or 509 => ChimeEndReason.AtCapacity,
            >= 500 and < 600 => ChimeEndReason.ServiceError,
            _ => ChimeEndReason.BadRequest,
        };
        return new ChimeEnd(reason) { Code = (int)error.Status, Detail = error.Description };
    }

    /// <summary>The WebSocket closed before the seat was ours: the service's verdict on the JOIN.</summary>
    public static ChimeEnd FromCloseWhileJoining(int code, string detail)
    {
        var reason = code switch
        {
            4410 => ChimeEndReason.MeetingEnded,
            >= 4500 and <= 4599 => ChimeEndReason.ServiceError,

            // RFC 6455 §7.4.1 and the registry after it: gone away, abnormal, internal, restart, try again.
            1001 or 1006 or 1011 or 1012 or 1013 => ChimeEndReason.SignalingLost,
            _ => ChimeEndReason.BadRequest,
        };
        return new ChimeEnd(reason) { Code = code, Detail = detail };
    }

    /// <summary>
    /// The WebSocket closed when the seat was ours. No code is believed: a new JOIN finds out, and a meeting
    /// that is over answers it with 4410.
    /// </summary>
    public static ChimeEnd FromCloseAfterJoining(int code, string detail)
    {
        var reason = code is >= 4500 and <= 4599 ? ChimeEndReason.ServiceError : ChimeEndReason.SignalingLost;
        return new ChimeEnd(reason) { Code = code, Detail = detail };
    }

    /// <summary>The HTTP server did not upgrade (RFC 6455 §4.1).</summary>
    public static ChimeEnd FromRefusal(int httpStatus)
    {
        var reason = httpStatus switch
        {
            401 or 403 => ChimeEndReason.AuthRejected,
            410 => ChimeEndReason.MeetingEnded,
            429 or >= 500 => ChimeEndReason.ServiceError,
            _ => ChimeEndReason.BadRequest,
        };
        return new ChimeEnd(reason) { Code = httpStatus };
    }
}
