using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The two dialects of JSON: that of AWS (members as they are named) and the emulator's own (camelCase).
/// </summary>
public static class EmulatorJson
{
    /// <summary>For the operations of Amazon Connect.</summary>
    public static JsonSerializerOptions Aws { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>For settings, faults, contacts and events; durations are <c>hh:mm:ss.fff</c>.</summary>
    public static JsonSerializerOptions Own { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is read by people, never put into HTML
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <summary>For events of a stream, which must be one line each.</summary>
    internal static JsonSerializerOptions OwnLine { get; } = new(Own) { WriteIndented = false };

    /// <summary>Reads what a client sent; false with the reason if it is not such a thing.</summary>
    public static bool TryRead<T>(
        ReadOnlySpan<byte> json, JsonSerializerOptions dialect, out T value, out string error)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize<T>(json, dialect)!;
            error = value is null ? "null where an object is needed" : "";
        }
        catch (JsonException exception)
        {
            value = null!;
            error = exception.Message;
        }
        catch (NotSupportedException exception)
        {
            value = null!; // an abstract block without its "type"
            error = exception.Message;
        }

        return value is not null;
    }

    /// <summary>Applies a JSON merge patch (RFC 7396) to settings.</summary>
    public static bool TryPatch(
        ConnectEmulatorSettings settings, ReadOnlySpan<byte> patch, out ConnectEmulatorSettings patched,
        out string error)
    {
        patched = settings;
        if (!TryRead<JsonObject>(patch, Own, out var changes, out error))
        {
            return false;
        }

        var merged = Merge(JsonSerializer.SerializeToNode(settings, Own), changes)!;
        return TryRead(JsonSerializer.SerializeToUtf8Bytes(merged, Own), Own, out patched, out error);
    }

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var merged = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            merged[name] = Merge(merged[name], value);
        }

        return merged;
    }
}
