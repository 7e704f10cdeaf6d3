using System.Text.Json.Serialization;

namespace Farspan.Identity;

/// <summary>The file of a node's keys.</summary>
internal sealed record KeyFileBody(IReadOnlyList<KeyBody> Keys);

/// <summary>One generation. The secret is base64.</summary>
internal sealed record KeyBody(
    string Purpose, int Generation, byte[] Secret, DateTimeOffset NotBefore, DateTimeOffset? NotAfter);

/// <summary>The file of an invitation.</summary>
internal sealed record InvitationBody(string Identity, byte[] Secret, DateTimeOffset ExpiresAt);

/// <summary>What a node that wants to join sends.</summary>
/// <param name="Id">Of the invitation.</param>
/// <param name="Nonce">Drawn by the node.</param>
/// <param name="SigningRequest">PEM.</param>
/// <param name="Proof">That the node knows the code, and which authority it sees.</param>
internal sealed record JoinRequestBody(string Id, byte[] Nonce, string SigningRequest, byte[] Proof);

/// <summary>What it gets.</summary>
/// <param name="Content">A <see cref="JoinContentBody"/>.</param>
/// <param name="Proof">That whoever made the content knows the code too.</param>
internal sealed record JoinAnswerBody(byte[] Content, byte[] Proof);

/// <summary>What makes a node a member.</summary>
/// <param name="Certificate">The node's, PEM.</param>
/// <param name="Authority">The authority's, PEM.</param>
/// <param name="Keys">Those that the node's roles need.</param>
internal sealed record JoinContentBody(string Certificate, string Authority, KeyFileBody Keys);

/// <summary>What a member sends to have its certificate renewed.</summary>
internal sealed record RenewalRequestBody(string SigningRequest);

/// <summary>Its new certificate, PEM.</summary>
internal sealed record RenewalAnswerBody(string Certificate);

/// <summary>Serializers made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeyFileBody))]
[JsonSerializable(typeof(InvitationBody))]
[JsonSerializable(typeof(JoinRequestBody))]
[JsonSerializable(typeof(JoinAnswerBody))]
[JsonSerializable(typeof(JoinContentBody))]
[JsonSerializable(typeof(RenewalRequestBody))]
[JsonSerializable(typeof(RenewalAnswerBody))]
internal sealed partial class IdentityJson : JsonSerializerContext;
