namespace Farspan.Interop.Tests;

/// <summary>The scenarios beside these tests; each says in its first lines what it does.</summary>
internal static class SippScenario
{
    public const string Call = "call";
    public const string CalleeHangsUp = "callee-hangs-up";
    public const string LateOffer = "late-offer";
    public const string HoldAndResume = "hold-and-resume";
    public const string SessionTimer = "session-timer";
    public const string IntervalTooSmall = "interval-too-small";
    public const string Cancel = "cancel";
    public const string UnknownNumber = "unknown-number";
    public const string Options = "options";

    public static string PathOf(string name) =>
        Path.Combine(AppContext.BaseDirectory, "Sipp", "Scenarios", name + ".xml");
}
