using System.Text.Json.Serialization;
using Farspan.Media;

namespace Farspan.Observability;

/// <summary>Serializers, made at compile time, for the records that appear as fields of log lines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MediaReport))]
internal sealed partial class LogJson : JsonSerializerContext;
