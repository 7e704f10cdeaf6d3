using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Whether an instance of Amazon Connect can be used, judged by what becomes of the starts sent to it. One
/// that is out of use is asked from time to time, so that no caller has to find out that it works again.
/// </summary>
/// <remarks>
/// <code>
///            failures in a row              time over              answered
///  Usable ─────────────────────► BackingOff ─────────► Probing ──────────────► Trial
///    ▲                              ▲                     │ failed               │ one failure
///    │                              └─────────────────────┴──────────────────────┘ twice the time
///    └── a contact is started, whatever the state
/// </code>
/// Nothing is refused for it: callers who come all the same are tried, for they have nowhere else to go.
/// Sans-IO.
/// </remarks>
public sealed class InstanceHealth(string instanceId, ContactTimings timings)
{
    private const int DoublingsMax = 10;

    private readonly TimerTable<Timer> _timers = new();
    private int _failures;
    private int _backOffs;

    private enum Timer
    {
        /// <summary>Ask whether it works again: <see cref="ContactTimings.ProbeFirst"/>, doubling.</summary>
        Probe,
    }

    public string InstanceId => instanceId;

    public InstanceHealthState State { get; private set; }

    public bool IsUsable => State is InstanceHealthState.Usable or InstanceHealthState.Trial;

    /// <summary>Why it is out of use, or on trial; null while it is not.</summary>
    public ConnectError? Fault { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>A start was answered: with a contact (null) or with an error.</summary>
    public void NoteStart(ConnectError? error, Instant now)
    {
        if (error is null)
        {
            State = InstanceHealthState.Usable;
            Fault = null;
            (_failures, _backOffs) = (0, 0);
            _timers.StopAll();
        }
        else if (IsUsable && error.ConcernsInstance)
        {
            _failures++;
            var isEnough = State == InstanceHealthState.Trial || _failures >= timings.FailuresMax
                || error.Kind == ConnectErrorKind.NoCredentials;
            if (isEnough)
            {
                BackOff(error, now);
            }
        }
    }

    /// <summary>
    /// A probe was answered; null, and an error that only concerns what it asked for, mean that it works.
    /// </summary>
    public void NoteProbe(ConnectError? error, Instant now)
    {
        if (error is { ConcernsInstance: true })
        {
            BackOff(error, now);
        }
        else if (!IsUsable)
        {
            State = InstanceHealthState.Trial;
            _timers.StopAll();
        }
    }

    /// <returns>Whether the instance is to be asked now.</returns>
    public bool Expire(Instant now)
    {
        if (!_timers.TryExpire(Timer.Probe, now))
        {
            return false;
        }

        State = InstanceHealthState.Probing;
        return true;
    }

    private void BackOff(ConnectError error, Instant now)
    {
        State = InstanceHealthState.BackingOff;
        Fault = error;
        var wait = timings.ProbeFirst * (1 << Math.Min(_backOffs++, DoublingsMax));
        _timers.Start(Timer.Probe, now + (wait < timings.ProbeMax ? wait : timings.ProbeMax));
    }
}

/// <summary>The states of <see cref="InstanceHealth"/>.</summary>
public enum InstanceHealthState
{
    Usable,

    /// <summary>Out of use until its time is over.</summary>
    BackingOff,

    /// <summary>Out of use; it was asked whether it works again.</summary>
    Probing,

    /// <summary>It answers again; the next failure of a start says that it does not work.</summary>
    Trial,
}
