using System.Text;
using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Carries digits to the contact in order, each once: digits that come close together travel in one
/// message, one message is on its way at a time, and a message that failed is repeated with its token.
/// </summary>
/// <remarks>
/// SendMessage is limited to 10 requests a second for a whole instance, so a caller who types an account
/// number must not cost one request a digit. Sans-IO: <see cref="Expire"/> at <see cref="Deadline"/>.
/// </remarks>
public sealed class DigitSender(string tokenPrefix, DigitTimings timings)
{
    private readonly StringBuilder _collected = new();
    private readonly TimerTable<Timer> _timers = new();
    private string _inFlight = "";
    private int _messageIndex;
    private int _attempts;
    private bool _isReady;

    private enum Timer
    {
        /// <summary>Send what was collected: no further digit came for a moment.</summary>
        Gap,

        /// <summary>Send what was collected: the first of them has waited long enough.</summary>
        Oldest,

        /// <summary>Repeat the message that failed.</summary>
        Retry,
    }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>
    /// How many messages have been begun: part of what a survivor needs to go on without repeating.
    /// </summary>
    public int MessageIndex => _messageIndex;

    /// <summary>The digits of the message on its way; empty if none is.</summary>
    public string OnTheirWay => _inFlight;

    /// <summary>Goes on where another node was: the message on its way is sent again, with its token.</summary>
    public void Resume(int messageIndex, string onTheirWay)
    {
        Invariant.Require(_messageIndex == 0 && _inFlight.Length == 0);
        (_messageIndex, _inFlight) = (messageIndex, onTheirWay);
    }

    /// <summary>A token is there: messages can be sent; one that waits for it goes first.</summary>
    public void Open(Instant now, Outbox<DigitEffect> outbox)
    {
        _isReady = true;
        if (_inFlight.Length > 0)
        {
            Transmit(outbox);
        }
        else
        {
            SendIfIdle(now, outbox);
        }
    }

    /// <summary>
    /// The message on its way was not sent, or refused, because the token is not good any more: it waits for
    /// the next <see cref="Open"/>, unless it has had all its attempts.
    /// </summary>
    public void Suspend(string reason, Outbox<DigitEffect> outbox)
    {
        _isReady = false;
        if (_attempts >= timings.AttemptsMax)
        {
            outbox.Add(new DigitEffect.Drop(_inFlight, reason));
            _inFlight = "";
        }
    }

    /// <summary>There will be no token: what waits is given up.</summary>
    public void GiveUp(string reason, Outbox<DigitEffect> outbox)
    {
        if (_inFlight.Length + _collected.Length > 0)
        {
            outbox.Add(new DigitEffect.Drop(_inFlight + _collected, reason));
        }

        _isReady = false;
        _inFlight = "";
        _collected.Clear();
        _timers.StopAll();
    }

    /// <summary>A key was pressed.</summary>
    public void Press(char digit, Instant now, Outbox<DigitEffect> outbox)
    {
        if (_collected.Length >= DigitTimings.CollectedMax)
        {
            outbox.Add(new DigitEffect.Drop(digit.ToString(), "too many digits wait for Connect"));
            return;
        }

        _collected.Append(digit);
        _timers.Start(Timer.Gap, now + timings.Gap);
        if (!_timers.IsRunning(Timer.Oldest))
        {
            _timers.Start(Timer.Oldest, now + timings.Oldest);
        }
    }

    /// <summary>The message on its way was accepted.</summary>
    public void Succeed(Instant now, Outbox<DigitEffect> outbox)
    {
        _inFlight = "";
        SendIfIdle(now, outbox);
    }

    /// <summary>The message on its way failed; it is repeated unless that cannot help.</summary>
    /// <param name="mayRetry">False when Connect refused it for good.</param>
    /// <param name="reason">For the log.</param>
    /// <param name="now">The time.</param>
    /// <param name="outbox">Effects.</param>
    public void Fail(bool mayRetry, string reason, Instant now, Outbox<DigitEffect> outbox)
    {
        if (mayRetry && _attempts < timings.AttemptsMax)
        {
            _timers.Start(Timer.Retry, now + (timings.RetryFirst * (1 << (_attempts - 1))));
            return;
        }

        outbox.Add(new DigitEffect.Drop(_inFlight, reason));
        Succeed(now, outbox);
    }

    public void Expire(Instant now, Outbox<DigitEffect> outbox)
    {
        if (_timers.TryExpire(Timer.Retry, now))
        {
            Transmit(outbox);
        }

        var isDue = _timers.TryExpire(Timer.Gap, now) | _timers.TryExpire(Timer.Oldest, now);
        if (isDue)
        {
            _timers.Stop(Timer.Gap);
            _timers.Stop(Timer.Oldest);
            SendIfIdle(now, outbox);
        }
    }

    // While the timers of a batch run, more digits may still join it.
    private void SendIfIdle(Instant now, Outbox<DigitEffect> outbox)
    {
        var isCollecting = _timers.IsRunning(Timer.Gap);
        if (!_isReady || _inFlight.Length > 0 || _collected.Length == 0 || isCollecting)
        {
            return;
        }

        _inFlight = _collected.ToString();
        _collected.Clear();
        _messageIndex++;
        _attempts = 0;
        Transmit(outbox);
    }

    private void Transmit(Outbox<DigitEffect> outbox)
    {
        _attempts++;
        outbox.Add(new DigitEffect.SendMessage(_inFlight, $"{tokenPrefix}-{_messageIndex}"));
    }
}
