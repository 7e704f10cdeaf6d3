using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// The table from outcomes to SIP: carriers and edges go on to the next target on 408, 500, 502, 503 and 504,
/// and take 4xx and 6xx as the callee's own word, so only faults of ours and of Amazon's are 5xx.
/// </summary>
/// <remarks><c>docs/sip-answers.md</c> is written from this table.</remarks>
public static class SipCauseTable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    /// <summary>The answer for an outcome.</summary>
    public static SipCause For(CallOutcome outcome) => outcome switch
    {
        CallOutcome.CallerHungUp => new(200, "OK", 16, "caller hung up"),
        CallOutcome.CallerCancelled => new(487, "Request Terminated", 16, "caller gave up"),
        CallOutcome.ContactEnded => new(480, "Temporarily Unavailable", 16, "contact ended"),
        CallOutcome.ContactEndedWhileRinging =>
            new(480, "Temporarily Unavailable", 31, "contact ended before it was answered"),
        CallOutcome.AttendeeRemoved => new(480, "Temporarily Unavailable", 31, "removed from the contact"),
        CallOutcome.Displaced => new(500, "Server Internal Error", 41, "contact is owned by another node"),
        CallOutcome.NoRoute => new(404, "Not Found", 1, "no route for this number"),
        CallOutcome.UnknownSource => new(403, "Forbidden", 21, "source belongs to no trunk"),
        CallOutcome.ForeignTrunk => new(403, "Forbidden", 21, "source is not of the trunk of this dialog"),
        CallOutcome.TrunkLimit => new(503, "Service Unavailable", 42, "trunk limit reached", Soon),
        CallOutcome.NotAccepting => new(503, "Service Unavailable", 42, "node takes no new calls", Later),
        CallOutcome.NodeStopping => new(503, "Service Unavailable", 41, "node is stopping", Later),
        CallOutcome.InviteNotAcceptable => new(400, "Bad Request", 111, "INVITE not acceptable"),
        CallOutcome.MediaNotAcceptable => new(488, "Not Acceptable Here", 88, "no common codec or keying"),
        CallOutcome.MediaResources => new(503, "Service Unavailable", 47, "no media ports left", Soon),
        _ => ForConnect(outcome) ?? ForSignaling(outcome) ?? ForDialog(outcome),
    };

    /// <summary>What a failed StartWebRTCContact means for the call.</summary>
    public static CallOutcome OutcomeOf(ConnectError error) => error.Kind switch
    {
        ConnectErrorKind.Throttled => CallOutcome.ConnectThrottled,
        ConnectErrorKind.LimitExceeded => CallOutcome.ConnectLimitExceeded,
        ConnectErrorKind.AccessDenied or ConnectErrorKind.ExpiredCredentials
            or ConnectErrorKind.NoCredentials =>
            CallOutcome.ConnectAccessDenied,
        ConnectErrorKind.ResourceNotFound or ConnectErrorKind.ContactNotFound => CallOutcome.ConnectNotFound,
        ConnectErrorKind.InvalidParameter or ConnectErrorKind.InvalidRequest or ConnectErrorKind.Conflict =>
            CallOutcome.ConnectRefused,
        ConnectErrorKind.InvalidActiveRegion => CallOutcome.ConnectInactiveRegion,
        ConnectErrorKind.TimedOut => CallOutcome.ConnectTimedOut,
        _ => CallOutcome.ConnectUnavailable,
    };

    /// <summary>What the end of a Chime session means for the call.</summary>
    public static CallOutcome OutcomeOf(ChimeEnd end, bool isAnswered) => end.Reason switch
    {
        ChimeEndReason.MeetingEnded when !isAnswered => CallOutcome.ContactEndedWhileRinging,
        ChimeEndReason.MeetingEnded or ChimeEndReason.Left or ChimeEndReason.AudioDisconnected =>
            CallOutcome.ContactEnded,
        ChimeEndReason.Displaced => CallOutcome.Displaced,
        ChimeEndReason.AuthRejected => CallOutcome.SignalingAuthRejected,
        ChimeEndReason.AtCapacity => CallOutcome.SignalingAtCapacity,
        ChimeEndReason.AttendeeRemoved => CallOutcome.AttendeeRemoved,
        ChimeEndReason.BadRequest => CallOutcome.SignalingRefused,
        ChimeEndReason.TimedOut => CallOutcome.SignalingTimedOut,
        _ => CallOutcome.SignalingUnavailable,
    };

    private static SipCause? ForConnect(CallOutcome outcome) => outcome switch
    {
        CallOutcome.QuotaWait => new(503, "Service Unavailable", 42, "Connect quota used up", Soon),
        CallOutcome.ConnectThrottled => new(503, "Service Unavailable", 42, "Connect throttles starts", Soon),
        CallOutcome.ConnectLimitExceeded =>
            new(503, "Service Unavailable", 42, "Connect concurrent-call quota used up", Soon),
        CallOutcome.ConnectAccessDenied => new(502, "Bad Gateway", 41, "Connect denies access"),
        CallOutcome.ConnectNotFound => new(502, "Bad Gateway", 41, "Connect instance or flow not found"),
        CallOutcome.ConnectRefused => new(502, "Bad Gateway", 41, "Connect refused the request"),
        CallOutcome.ConnectInactiveRegion =>
            new(503, "Service Unavailable", 41, "Connect region is passive", Later),
        CallOutcome.ConnectUnavailable => new(503, "Service Unavailable", 41, "Connect is unavailable", Soon),
        CallOutcome.ConnectTimedOut => new(504, "Server Time-out", 41, "Connect did not answer"),
        _ => null,
    };

    private static SipCause? ForSignaling(CallOutcome outcome) => outcome switch
    {
        CallOutcome.SignalingAuthRejected => new(502, "Bad Gateway", 41, "Chime refused the join token"),
        CallOutcome.SignalingAtCapacity => new(503, "Service Unavailable", 42, "Chime meeting is full", Soon),
        CallOutcome.SignalingRefused => new(502, "Bad Gateway", 41, "Chime refused the request"),
        CallOutcome.SignalingUnavailable =>
            new(503, "Service Unavailable", 41, "Chime signalling lost", Soon),
        CallOutcome.SignalingTimedOut => new(504, "Server Time-out", 41, "Chime did not answer"),
        CallOutcome.RelayUnavailable => new(503, "Service Unavailable", 47, "no TURN allocation", Soon),
        CallOutcome.IceFailed => new(503, "Service Unavailable", 47, "no media path to Chime", Soon),
        CallOutcome.DtlsFailed => new(502, "Bad Gateway", 41, "DTLS with Chime failed"),
        CallOutcome.ContactMediaLost => new(503, "Service Unavailable", 41, "media to Chime lost", Soon),
        _ => null,
    };

    private static SipCause ForDialog(CallOutcome outcome) => outcome switch
    {
        CallOutcome.NoAck => new(500, "Server Internal Error", 102, "no ACK to our 200"),
        CallOutcome.SessionExpired => new(500, "Server Internal Error", 102, "session timer expired"),
        CallOutcome.ContactGone => new(480, "Temporarily Unavailable", 31, "contact is gone"),
        CallOutcome.EdgeUnreachable => new(504, "Server Time-out", 41, "edge takes no token"),
        CallOutcome.CarrierLost => new(500, "Server Internal Error", 38, "carrier connection lost"),
        CallOutcome.CarrierSilent => new(500, "Server Internal Error", 102, "carrier sends no media"),
        CallOutcome.Defect => new(500, "Server Internal Error", 41, "internal error"),
        _ => throw Invariant.Unreachable(outcome),
    };
}
