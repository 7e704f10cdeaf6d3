using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>
/// The clock of one client transaction: with the defaults a request leaves at 0, 0.5, 1.5, 3.5, 7.5, 15.5
/// and 31.5 s and is given up at 39.5 s (RFC 8489 §6.2.1).
/// </summary>
/// <remarks>A mutable value that lives inside its owner; it holds no bytes and allocates nothing.</remarks>
public struct StunRetransmission
{
    private TimeSpan _interval;
    private int _sendsLeft;

    /// <summary>When to call <see cref="Expire"/>; null while stopped.</summary>
    public Instant? Deadline { get; private set; }

    /// <summary>The request was sent for the first time at <paramref name="now"/>.</summary>
    public static StunRetransmission Start(StunTimings timings, bool isReliable, Instant now)
    {
        var sendsLeft = isReliable ? 0 : timings.Rc - 1;
        var interval = isReliable ? timings.Ti : sendsLeft == 0 ? timings.Rm * timings.Rto : timings.Rto;
        return new StunRetransmission { _interval = interval, _sendsLeft = sendsLeft, Deadline = now + interval };
    }

    public void Stop() => Deadline = null;

    public StunRetransmissionStep Expire(StunTimings timings, Instant now)
    {
        if (Deadline is not { } deadline || deadline > now)
        {
            return StunRetransmissionStep.Wait;
        }

        if (_sendsLeft == 0)
        {
            Deadline = null;
            return StunRetransmissionStep.GiveUp;
        }

        // Counted from now, not from the missed deadline: a stall must not cause a burst.
        _sendsLeft--;
        _interval *= 2;
        Deadline = now + (_sendsLeft == 0 ? timings.Rm * timings.Rto : _interval);
        return StunRetransmissionStep.Resend;
    }
}
