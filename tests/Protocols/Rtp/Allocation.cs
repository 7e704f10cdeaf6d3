namespace Farspan.Rtp.Tests;

/// <summary>Measures what the media path promises not to do.</summary>
internal static class Allocation
{
    private const int WarmUps = 200;
    private const int Rounds = 2000;

    /// <summary>
    /// Bytes that one thread allocates while the action runs many times, after it has run often enough to be
    /// compiled.
    /// </summary>
    public static long Of(Action action)
    {
        Repeat(action, WarmUps);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(action, Rounds);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(Action action, int count)
    {
        for (var i = 0; i < count; i++)
        {
            action();
        }
    }
}
