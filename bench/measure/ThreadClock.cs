using System.Runtime.InteropServices;

namespace Farspan.Bench;

/// <summary>CPU time of the calling thread, as the C peers measure it.</summary>
internal static partial class ThreadClock
{
    private const int ClockThreadCpuTime = 3;

    public static long Nanoseconds
    {
        get
        {
            _ = ClockGetTime(ClockThreadCpuTime, out var time);
            return (time.Seconds * 1_000_000_000L) + time.Nanoseconds;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
