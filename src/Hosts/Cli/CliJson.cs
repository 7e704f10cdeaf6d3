using System.Text.Json.Serialization;

namespace Farspan.Cli;

/// <summary>The first line of <c>farspan connector --json</c>.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Version">Of the program.</param>
/// <param name="ProcessId">Of the node.</param>
/// <param name="Sip">Such as <c>udp:192.0.2.1:5060</c>.</param>
/// <param name="Admin">The URL of the administration API.</param>
/// <param name="Metrics">The URL of the metrics.</param>
/// <param name="AdminUser">Who may use the API.</param>
/// <param name="AdminPassword">Only at the start that has drawn it; null otherwise.</param>
internal sealed record ConnectorReady(
    string Node,
    string Version,
    int ProcessId,
    IReadOnlyList<string> Sip,
    string Admin,
    string Metrics,
    string AdminUser,
    string? AdminPassword);

/// <summary>The first line of <c>farspan emulate connect --json</c>.</summary>
/// <param name="Url">The endpoint of the emulated Amazon Connect, and the address of its own API.</param>
/// <param name="AgentPage">The page of the agents.</param>
/// <param name="Region">What signatures must name.</param>
/// <param name="ProcessId">Of the emulator.</param>
internal sealed record EmulatorReady(string Url, string AgentPage, string Region, int ProcessId);

/// <summary>The result of <c>farspan render --json</c>.</summary>
/// <param name="File">The configuration.</param>
/// <param name="Folder">Where the files are.</param>
/// <param name="Files">How many there are.</param>
/// <param name="Changes">Such as <c>new terraform/main.tf</c>.</param>
/// <param name="Missing">Contact flows that the configuration names and that were not found.</param>
internal sealed record RenderedNetwork(
    string File, string Folder, int Files, IReadOnlyList<string> Changes, IReadOnlyList<string> Missing);

/// <summary>Serializers of what commands print, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConnectorReady))]
[JsonSerializable(typeof(EmulatorReady))]
[JsonSerializable(typeof(CheckedConfiguration))]
[JsonSerializable(typeof(ExplainedRule))]
[JsonSerializable(typeof(RenderedNetwork))]
internal sealed partial class CliJson : JsonSerializerContext;
