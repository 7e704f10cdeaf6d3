namespace Farspan.Amazon;

/// <summary>The parts of an HTTP request that a signature covers, as they are on the wire.</summary>
public sealed record SigV4Message
{
    public required string Method { get; init; }

    /// <summary>Percent-encoded, starting with '/'.</summary>
    public required string Path { get; init; }

    /// <summary>Percent-encoded, without '?'; empty if there is none.</summary>
    public string Query { get; init; } = "";

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The values of a header, joined with ','; null if it is absent.</summary>
    public string? Header(string name)
    {
        var values = Headers
            .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .ToArray();
        return values.Length == 0 ? null : string.Join(',', values);
    }
}
