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
    private TimeSpan _finalWait;
    private int _sendsLeft;

    /// <summary>When to call <see cref="Expire"/>; null while stopped.</summary>
    public Instant? Deadline { get; private set; }

    /// <summary>The request was sent for the first time at <paramref name="now"/>.</summary>
    public static StunRetransmission Start(StunTimings timings, bool isReliable, Instant now) =>
        isReliable
            ? new StunRetransmission { Deadline = now + timings.Ti }
            : Start(timings, timings.Rto, now);

    /// <summary>Over UDP, with a first wait of the caller's (RFC 8445 §14.3).</summary>
    public static StunRetransmission Start(StunTimings timings, TimeSpan rto, Instant now)
    {
        var sendsLeft = timings.Rc - 1;
        var finalWait = timings.Rm * rto;
        return new StunRetransmission
        {
            _interval = rto,
            _finalWait = finalWait,
            _sendsLeft = sendsLeft,
            Deadline = now + (sendsLeft == 0 ? finalWait : rto),
        };
    }

    public void Stop() => Deadline = null;

    public StunRetransmissionStep Expire(Instant now)
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
        Deadline = now + (_sendsLeft == 0 ? _finalWait : _interval);
        return StunRetransmissionStep.Resend;
    }
}
