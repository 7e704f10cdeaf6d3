using System.Text.Json.Serialization;

namespace Farspan.Replication;

/// <summary>A question. <c>Have</c> is writer → sequence.</summary>
internal sealed record PullRequestBody(
    Dictionary<string, long> Have,
    long RowsAfter,
    int HoldMilliseconds,
    string? StoreId = null,
    RegistrationBody? From = null);

/// <summary>An answer.</summary>
internal sealed record PullAnswerBody(
    string Speaker,
    string StoreId,
    IReadOnlyList<ChangeBody> Changes,
    Dictionary<string, long> Through,
    bool HasMore,
    IReadOnlyList<RowBody> Rows,
    long RowsThrough,
    bool HasMoreRows);

/// <summary>A change. Without a value it is a removal.</summary>
internal sealed record ChangeBody(string Writer, long Sequence, long At, string Key, string? Value = null);

/// <summary>A row. <c>ExpiresAt</c> is milliseconds since 1970.</summary>
internal sealed record RowBody(
    int Kind, string Key, long Number, string Node, long Issue, byte[] Payload, long ExpiresAt);

/// <summary>What a node says of itself, as it is in its row.</summary>
internal sealed record RegistrationBody(
    string Node,
    string Boot,
    string Region,
    IReadOnlyList<string> Roles,
    Dictionary<string, string> Addresses,
    int CallsMax,
    int Calls,
    string Drain,
    string Version,
    long SeenAt);

/// <summary>What was in force when a node ended.</summary>
internal sealed record InForceBody(Dictionary<string, string> Values, Dictionary<string, long> Seen);

/// <summary>Serializers made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PullRequestBody))]
[JsonSerializable(typeof(PullAnswerBody))]
[JsonSerializable(typeof(RegistrationBody))]
[JsonSerializable(typeof(InForceBody))]
internal sealed partial class ReplicationJson : JsonSerializerContext;
