namespace Farspan.Bench;

internal static class CallsBench
{
    public static void Run(BenchOptions options, Scoreboard scoreboard) => scoreboard.Note("x");
}
