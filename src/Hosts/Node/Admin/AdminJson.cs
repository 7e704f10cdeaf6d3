using System.Text.Json.Serialization;

namespace Farspan.Node;

/// <summary>Why a request was refused.</summary>
public sealed record AdminError(string Error);

/// <summary>The answer to <c>POST /api/v1/drain</c>, and its body.</summary>
/// <param name="Draining">Whether the node takes no new calls.</param>
public sealed record DrainRequest(bool Draining);

/// <summary>Serializers of the administration API, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AdminError))]
[JsonSerializable(typeof(DrainRequest))]
[JsonSerializable(typeof(NodeHealth))]
[JsonSerializable(typeof(NodeStatus))]
[JsonSerializable(typeof(IReadOnlyList<CallStatus>))]
internal sealed partial class AdminJson : JsonSerializerContext;
