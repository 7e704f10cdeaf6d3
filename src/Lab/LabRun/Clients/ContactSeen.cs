using System.Text.Json.Nodes;

namespace Farspan.LabRun;

/// <summary>A contact as the Connect emulator saw it.</summary>
/// <param name="ContactId">Its id.</param>
/// <param name="SipCallId">The call it belongs to, by the attribute that the connector set; null if there is none.</param>
/// <param name="IsOver">Whether it has ended.</param>
/// <param name="Heard">What its built-in agents heard.</param>
internal sealed record ContactSeen(
    string ContactId, string? SipCallId, bool IsOver, IReadOnlyList<ToneSeen> Heard)
{
    private static readonly string[] FinalStates = ["disconnected", "completed"];

    public static ContactSeen Read(JsonObject contact) => new(
        (string?)contact["contactId"] ?? "",
        (string?)contact["attributes"]?["sipCallId"],
        FinalStates.Contains((string?)contact["state"], StringComparer.OrdinalIgnoreCase),
        contact["heard"] is JsonArray heard ? [.. heard.OfType<JsonObject>().Select(ToneSeen.Read)] : []);
}

/// <summary>A caller's tone sequence that a built-in agent heard, and how late it was.</summary>
internal readonly record struct ToneSeen(int Code, TimeSpan Delay)
{
    public static ToneSeen Read(JsonObject heard) => new(
        (int?)heard["code"] ?? -1,
        TimeSpan.FromMilliseconds((double?)heard["delayMs"] ?? 0));
}
