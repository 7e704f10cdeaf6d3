using System.Diagnostics;

namespace Farspan.Interop.Tests;

/// <summary>
/// Waits for what other processes do: looks again and again until it is so, or says what never was.
/// </summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(Func<bool> condition, TimeSpan within, Func<string> otherwise) =>
        TrueAsync(() => Task.FromResult(condition()), within, otherwise);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < within, $"Not within {within}: {otherwise()}");
            await Task.Delay(Interval);
        }
    }

    /// <summary>Returns the first value that is there.</summary>
    public static async Task<T> FoundAsync<T>(Func<Task<T?>> find, TimeSpan within, string otherwise)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await find()) is not null, within, () => otherwise);
        return found!;
    }

    /// <summary>Watches that something stays so for a while.</summary>
    public static async Task StaysAsync(Func<Task<bool>> condition, TimeSpan during, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < during)
        {
            Assert.True(await condition(), otherwise());
            await Task.Delay(Interval);
        }
    }
}
