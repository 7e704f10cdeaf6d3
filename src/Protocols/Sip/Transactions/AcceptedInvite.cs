using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// Repeats the 2xx of an INVITE until its ACK comes: the part of answering that belongs to the transaction
/// user and not to the transaction, over every transport.
/// </summary>
/// <remarks>
/// Source: RFC 3261 §13.3.1.4. The first 2xx is sent by the caller through the transaction layer. Each time
/// <see cref="Expire"/> says <see cref="AcceptedInviteEffect.Retransmit"/>, the caller sends the same
/// response the same way again; at <see cref="AcceptedInviteEffect.GiveUp"/> it ends the dialog with a BYE.
/// </remarks>
public sealed class AcceptedInvite
{
    private readonly SipTimings _timings;
    private readonly TimerTable<Timer> _timers = new();
    private TimeSpan _interval;

    /// <summary>Starts when the 2xx has been sent for the first time.</summary>
    public AcceptedInvite(SipTimings timings, Instant now)
    {
        _timings = timings;
        _interval = timings.T1;
        _timers.Start(Timer.Retransmit, now + _interval);
        _timers.Start(Timer.GiveUp, now + timings.Patience);
    }

    private enum Timer
    {
        /// <summary>No letter: resend the 2xx; T1, doubling up to T2.</summary>
        Retransmit,

        /// <summary>No letter: give up waiting for the ACK; 64*T1 (32 s).</summary>
        GiveUp,
    }

    /// <summary>Whether neither an ACK came nor the time ran out.</summary>
    public bool IsWaiting => Deadline is not null;

    /// <summary>When to call <see cref="Expire"/>; null once this is over.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>Takes the ACK; returns false for one that is a retransmission.</summary>
    public bool Acknowledge()
    {
        var wasWaiting = IsWaiting;
        _timers.StopAll();
        return wasWaiting;
    }

    public AcceptedInviteEffect Expire(Instant now)
    {
        if (_timers.TryExpire(Timer.GiveUp, now))
        {
            _timers.StopAll();
            return AcceptedInviteEffect.GiveUp;
        }

        if (!_timers.TryExpire(Timer.Retransmit, now))
        {
            return AcceptedInviteEffect.None;
        }

        _interval = _timings.Back(_interval);
        _timers.Start(Timer.Retransmit, now + _interval);
        return AcceptedInviteEffect.Retransmit;
    }
}
