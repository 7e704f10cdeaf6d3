using System.Diagnostics;

namespace Farspan.Interop.Tests;

/// <summary>
/// Waits for what other processes do: looks again and again until it is so, or says what never was.
/// </summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    // Questions to other processes cost them time.
    private static readonly TimeSpan QuestionInterval = TimeSpan.FromMilliseconds(200);

    public static Task TrueAsync(Func<bool> condition, TimeSpan within, Func<string> otherwise) =>
        TrueAsync(() => Task.FromResult(condition()), Interval, within, otherwise);

    public static Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<string> otherwise) =>
        TrueAsync(condition, QuestionInterval, within, otherwise);

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
            if (!await condition())
            {
                Assert.Fail(otherwise());
            }

            await Task.Delay(QuestionInterval);
        }
    }

    private static async Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan interval, TimeSpan within, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > within)
            {
                Assert.Fail($"Not within {within}: {otherwise()}");
            }

            await Task.Delay(interval);
        }
    }
}
