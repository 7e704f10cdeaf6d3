using System.Text.Json.Nodes;

namespace Farspan.LabRun;

/// <summary>A contact as the Connect emulator saw it.</summary>
/// <param name="ContactId">Its id.</param>
/// <param name="SipCallId">The call it belongs to, by the attribute that the connector set; null if there is
/// none.</param>
/// <param name="IsOver">Whether it has ended.</param>
/// <param name="Heard">Whom its built-in agent heard; null if nobody.</param>
internal sealed record ContactSeen(string ContactId, string? SipCallId, bool IsOver, CallerHeard? Heard)
{
    private static readonly string[] FinalStates = ["disconnected", "completed"];

    public static ContactSeen Read(JsonObject contact) => new(
        (string?)contact["contactId"] ?? "",
        (string?)contact["attributes"]?["sipCallId"],
        FinalStates.Contains((string?)contact["state"], StringComparer.OrdinalIgnoreCase),
        contact["heard"] is JsonObject heard ? CallerHeard.Read(heard) : null);
}

/// <summary>Whom a built-in agent heard.</summary>
/// <param name="Code">The code of the caller whose tones it heard first.</param>
/// <param name="Delay">How late the last sequence came; null if that cannot be told.</param>
internal sealed record CallerHeard(int Code, TimeSpan? Delay)
{
    public static CallerHeard Read(JsonObject heard) => new(
        (int?)heard["code"] ?? -1,
        (double?)heard["delayMs"] is { } delayMs ? TimeSpan.FromMilliseconds(delayMs) : null);
}
