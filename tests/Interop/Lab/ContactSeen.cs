using System.Text.Json.Nodes;

namespace Farspan.Interop.Tests;

/// <summary>A contact as the emulator shows it.</summary>
internal sealed record ContactSeen(JsonNode Json)
{
    public string Id => (string)Json["contactId"]!;

    /// <summary>initiated, queued, connectedToAgent, disconnected or completed.</summary>
    public string State => (string)Json["state"]!;

    public bool IsOver => State is "disconnected" or "completed";

    public bool IsWithAgent => State == "connectedToAgent";

    public string Digits => (string)Json["digits"]!;

    public string? AgentId => (string?)Json["agentId"];

    public string? Caller => Attribute("ani");

    /// <summary>What the agent heard at last; null while it has heard nothing.</summary>
    public int? HeardCode => (int?)Json["heard"]?["code"];

    /// <summary>How late that was.</summary>
    public double? HeardDelayMs => (double?)Json["heard"]?["delayMs"];

    /// <summary>How often the connector has joined for the caller: more than once is a repair.</summary>
    public int CustomerJoins => Json["attendees"]!.AsArray()
        .Where(attendee => (string?)attendee!["role"] == "customer")
        .Sum(attendee => (int)attendee!["joins"]!);

    public string? Attribute(string name) => (string?)Json["attributes"]?[name];
}
