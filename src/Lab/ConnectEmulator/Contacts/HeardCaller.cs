namespace Farspan.ConnectEmulator;

/// <summary>The caller whom a contact's built-in agent heard, by the tone sequence they play.</summary>
/// <param name="Code">The first caller recognised.</param>
/// <param name="FirstHeardAt">When.</param>
/// <param name="DelayMs">How late the last sequence came of which that can be told, milliseconds after it was
/// sent; null if none.</param>
public sealed record HeardCaller(int Code, DateTimeOffset FirstHeardAt, double? DelayMs)
{
    /// <summary>How often this caller was recognised.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How often anybody else was: never, where calls are kept apart.</summary>
    public int Strangers { get; init; }

    /// <summary>The longest silence on the line since the agent joined, milliseconds.</summary>
    public double LongestGapMs { get; init; }

    internal static HeardCaller First(VoiceHearing hearing, DateTimeOffset at) =>
        new(hearing.Code, at, hearing.Delay?.TotalMilliseconds)
        {
            LongestGapMs = hearing.LongestGap.TotalMilliseconds,
        };

    internal HeardCaller With(VoiceHearing hearing) => hearing.Code != Code
        ? this with { Strangers = Strangers + 1 }
        : this with
        {
            DelayMs = hearing.Delay?.TotalMilliseconds ?? DelayMs,
            Times = Times + 1,
            LongestGapMs = hearing.LongestGap.TotalMilliseconds,
        };
}
