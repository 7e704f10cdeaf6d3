using System.Text.Json.Serialization;

namespace Farspan.Amazon;

/// <summary>Serializers for the API's shapes, made at compile time.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(StartWebRtcContactBody))]
[JsonSerializable(typeof(StartWebRtcContactAnswer))]
[JsonSerializable(typeof(StopContactBody))]
[JsonSerializable(typeof(UpdateContactAttributesBody))]
[JsonSerializable(typeof(CreateConnectionBody))]
[JsonSerializable(typeof(CreateConnectionAnswer))]
[JsonSerializable(typeof(SendMessageBody))]
[JsonSerializable(typeof(SendMessageAnswer))]
[JsonSerializable(typeof(DisconnectBody))]
[JsonSerializable(typeof(EmptyAnswer))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(CredentialDocument))]
[JsonSerializable(typeof(ProcessCredentialDocument))]
[JsonSerializable(typeof(SsoToken))]
[JsonSerializable(typeof(SsoAnswer))]
internal sealed partial class AmazonJson : JsonSerializerContext;
