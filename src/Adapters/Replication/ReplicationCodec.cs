using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farspan.Cluster;

namespace Farspan.Replication;

/// <summary>
/// What stores tell each other, as JSON (RFC 8259 §2). Decoding is total: whatever the bytes are, it gives a
/// value that is within all limits, or nothing.
/// </summary>
public static class ReplicationCodec
{
    private const long ExpiryMax = 253_402_300_799_999; // The last millisecond of the year 9999.

    public static byte[] Encode(PullRequest request, TimeSpan hold) => JsonSerializer.SerializeToUtf8Bytes(
        new PullRequestBody(
            request.Have.Sequences.ToDictionary(),
            request.RowsAfter,
            (int)hold.TotalMilliseconds,
            request.StoreId,
            request.From is { } from ? ToBody(from) : null),
        ReplicationJson.Default.PullRequestBody);

    public static byte[] Encode(PullAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(
        new PullAnswerBody(
            answer.Speaker,
            answer.StoreId,
            [.. answer.Page.Changes.Select(ToBody)],
            answer.Page.Through.Sequences.ToDictionary(),
            answer.Page.HasMore,
            [.. answer.Rows.Select(ToBody)],
            answer.RowsThrough,
            answer.HasMoreRows),
        ReplicationJson.Default.PullAnswerBody);

    public static byte[] Encode(NodeRegistration registration) =>
        JsonSerializer.SerializeToUtf8Bytes(ToBody(registration), ReplicationJson.Default.RegistrationBody);

    public static byte[] Encode(ConfigurationWhole whole) => JsonSerializer.SerializeToUtf8Bytes(
        new InForceBody(whole.Values.ToDictionary(), whole.Seen.Sequences.ToDictionary()),
        ReplicationJson.Default.InForceBody);

    public static bool TryDecode(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out PullRequest? request, out TimeSpan hold)
    {
        request = null;
        hold = TimeSpan.Zero;
        if (TryRead(json, ReplicationJson.Default.PullRequestBody, out var body)
            && VersionVector.TryCreate(body.Have, out var have)
            && (body.StoreId is null || ClusterName.IsValid(body.StoreId))
            && body.RowsAfter >= 0)
        {
            var most = ReplicationLimits.HoldMax.TotalMilliseconds;
            hold = TimeSpan.FromMilliseconds(Math.Clamp(body.HoldMilliseconds, 0, most));
            request = new PullRequest(have, body.StoreId, body.RowsAfter) { From = ToRegistration(body.From) };
        }

        return request is not null;
    }

    public static bool TryDecode(ReadOnlySpan<byte> json, [NotNullWhen(true)] out PullAnswer? answer)
    {
        answer = null;
        if (!TryRead(json, ReplicationJson.Default.PullAnswerBody, out var body)
            || !VersionVector.TryCreate(body.Through, out var through)
            || body.Changes.Any(c => c is null)
            || body.Rows.Any(r => r is null || r.ExpiresAt is < 0 or > ExpiryMax))
        {
            return false;
        }

        var changes = body.Changes.Select(
            c => new ConfigurationChange(c.Writer, c.Sequence, new HybridTimestamp(c.At), c.Key, c.Value));
        var decoded = new PullAnswer(
            body.Speaker,
            body.StoreId,
            new LogPage([.. changes], through, body.HasMore),
            [.. body.Rows.Select(ToRow)],
            body.RowsThrough,
            body.HasMoreRows);
        answer = decoded.IsWellFormed() ? decoded : null;
        return answer is not null;
    }

    public static bool TryDecode(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out NodeRegistration? registration)
    {
        registration = TryRead(json, ReplicationJson.Default.RegistrationBody, out var body)
            ? ToRegistration(body)
            : null;
        return registration is not null;
    }

    public static bool TryDecode(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ConfigurationWhole? whole)
    {
        whole = TryRead(json, ReplicationJson.Default.InForceBody, out var body)
            && VersionVector.TryCreate(body.Seen, out var seen)
                ? new ConfigurationWhole(
                    body.Values.ToImmutableSortedDictionary(StringComparer.Ordinal), seen)
                : null;
        return whole is not null;
    }

    private static RegistrationBody ToBody(NodeRegistration registration) => new(
        registration.Node,
        registration.Boot,
        registration.Region,
        registration.Roles,
        registration.Addresses.ToDictionary(),
        registration.CallsMax,
        registration.Calls,
        registration.Drain.ToString(),
        registration.Version,
        registration.SeenAt.Packed);

    // Null if it is not a registration within the limits.
    private static NodeRegistration? ToRegistration(RegistrationBody? body)
    {
        if (body is null
            || !ClusterName.IsValid(body.Node)
            || !ClusterName.IsValid(body.Region)
            || !ClusterName.IsValid(body.Boot)
            || !Enum.TryParse<NodeDrainState>(body.Drain, out var drain)
            || !Enum.IsDefined(drain)
            || body.SeenAt < 0
            || body.Roles.Contains(null!)
            || body.Addresses.ContainsValue(null!)
            || body.Addresses.Count + body.Roles.Count > ReplicationLimits.RegistrationItemsMax)
        {
            return null;
        }

        return new NodeRegistration
        {
            Node = body.Node,
            Boot = body.Boot,
            Region = body.Region,
            Roles = [.. body.Roles],
            Addresses = body.Addresses.ToImmutableSortedDictionary(StringComparer.Ordinal),
            CallsMax = body.CallsMax,
            Calls = body.Calls,
            Drain = drain,
            Version = body.Version,
            SeenAt = new HybridTimestamp(body.SeenAt),
        };
    }

    private static ChangeBody ToBody(ConfigurationChange change) =>
        new(change.Writer, change.Sequence, change.At.Packed, change.Key, change.Value);

    private static RowBody ToBody(ReplicaRow row) => new(
        (int)row.Kind,
        row.Key,
        row.Version.Number,
        row.Version.Node,
        row.Version.Issue,
        row.Payload.ToArray(),
        row.ExpiresAt.ToUnixTimeMilliseconds());

    private static ReplicaRow ToRow(RowBody row) => new(
        (RowKind)row.Kind,
        row.Key,
        new RowVersion(row.Number, row.Node, row.Issue),
        row.Payload,
        DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt));

    private static bool TryRead<T>(
        ReadOnlySpan<byte> json, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? body)
        where T : class
    {
        body = null;
        try
        {
            body = JsonSerializer.Deserialize(json, type);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, not this shape, or a string that is no text: whoever sent it.
        }

        return body is not null;
    }
}
