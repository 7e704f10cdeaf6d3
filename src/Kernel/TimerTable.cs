using System.Runtime.CompilerServices;

namespace Farspan.Kernel;

/// <summary>
/// The timers of one state machine: one slot for each member of a small enum whose values count from 0.
/// </summary>
/// <remarks>Timers do not fire; the owner asks <see cref="TryExpire"/> when <see cref="Next"/> has come.</remarks>
public sealed class TimerTable<TTimer>
    where TTimer : struct, Enum
{
    private static readonly int Slots = Enum.GetValues<TTimer>().Length;

    private readonly long[] _deadlines = CreateStopped();

    /// <summary>The earliest deadline; null while no timer runs.</summary>
    public Instant? Next
    {
        get
        {
            var next = long.MaxValue;
            foreach (var deadline in _deadlines)
            {
                next = Math.Min(next, deadline);
            }

            return next == long.MaxValue ? null : new Instant(next);
        }
    }

    /// <summary>Starts the timer, or moves it if it is already running.</summary>
    public void Start(TTimer timer, Instant deadline) => _deadlines[Slot(timer)] = deadline.Ticks;

    public void Stop(TTimer timer) => _deadlines[Slot(timer)] = long.MaxValue;

    public void StopAll() => Array.Fill(_deadlines, long.MaxValue);

    public bool IsRunning(TTimer timer) => _deadlines[Slot(timer)] != long.MaxValue;

    /// <summary>When the timer is due; null while it is stopped.</summary>
    public Instant? Deadline(TTimer timer) =>
        IsRunning(timer) ? new Instant(_deadlines[Slot(timer)]) : null;

    /// <summary>Stops the timer and returns true if it is due at <paramref name="now"/>.</summary>
    public bool TryExpire(TTimer timer, Instant now)
    {
        ref var deadline = ref _deadlines[Slot(timer)];
        if (deadline > now.Ticks)
        {
            return false;
        }

        deadline = long.MaxValue;
        return true;
    }

    private static int Slot(TTimer timer) => Unsafe.SizeOf<TTimer>() switch
    {
        1 => Unsafe.As<TTimer, byte>(ref timer),
        _ => Unsafe.As<TTimer, int>(ref timer),
    };

    private static long[] CreateStopped()
    {
        var deadlines = new long[Slots];
        Array.Fill(deadlines, long.MaxValue);
        return deadlines;
    }
}
