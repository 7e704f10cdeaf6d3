using System.Text.Json.Serialization;

namespace Farspan.Cli;

/// <summary>The result of <c>farspan cluster init</c>, <c>join</c> and <c>show</c>.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="Region">The node's.</param>
/// <param name="Node">Its name.</param>
/// <param name="Roles">Such as <c>connector+edge</c>; <c>witness</c> if it serves no calls.</param>
/// <param name="Folder">Where it keeps who it is.</param>
/// <param name="Authority">SHA-256 of the authority's certificate.</param>
/// <param name="HasAuthority">Whether the authority's key is here.</param>
/// <param name="CertificateUntil">When the node's certificate ends unless it is renewed.</param>
/// <param name="Keys">The keys that it has, without their secrets.</param>
internal sealed record ClusterMemberResult(
    string Cluster,
    string Region,
    string Node,
    string Roles,
    string Folder,
    string Authority,
    bool HasAuthority,
    DateTimeOffset CertificateUntil,
    IReadOnlyList<ClusterKeyResult> Keys);

/// <summary>One generation of the cluster's keys.</summary>
internal sealed record ClusterKeyResult(
    string Purpose, int Generation, DateTimeOffset SealsFrom, DateTimeOffset? OpensUntil);

/// <summary>The result of <c>farspan cluster invite</c>.</summary>
internal sealed record ClusterInvitationResult(
    string Region, string Node, string Roles, string Code, DateTimeOffset ExpiresAt);

/// <summary>The result of <c>farspan cluster rotate</c>.</summary>
internal sealed record ClusterRotationResult(
    int Generation, DateTimeOffset SealsFrom, DateTimeOffset OldOpensUntil);

/// <summary>The first line of <c>farspan cluster serve --json</c>.</summary>
internal sealed record ClusterServeReady(
    string Cluster, string Region, string Node, string Address, int ProcessId);

/// <summary>Serializers made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterMemberResult))]
[JsonSerializable(typeof(ClusterInvitationResult))]
[JsonSerializable(typeof(ClusterRotationResult))]
[JsonSerializable(typeof(ClusterServeReady))]
internal sealed partial class ClusterJson : JsonSerializerContext;
