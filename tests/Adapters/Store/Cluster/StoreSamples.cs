using System.Text;
using Farspan.Cluster;

namespace Farspan.Store.Tests;

/// <summary>Things to be stored.</summary>
internal static class StoreSamples
{
    public static readonly DateTimeOffset Wall = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static ConfigurationChange Change(string writer, long sequence, string key, string? value) =>
        new(writer, sequence, new HybridTimestamp(HybridTimestamp.At(Wall).Packed + sequence), key, value);

    public static ReplicaRow Token(string call, long epoch, string node, long issue, string content) =>
        ReplicaRows.SealedToken(
            call, CallSide.Contact, new RowVersion(epoch, node, issue), Encoding.UTF8.GetBytes(content),
            Wall.AddHours(1));

    public static ReplicaRow Record(string call, int attempt, string content, long epoch = 1, string node = "n") =>
        ReplicaRows.CallRecord(
            call, attempt, new RowVersion(epoch, node, 0), Encoding.UTF8.GetBytes(content), Wall.AddDays(90));

    public static string Text(this ReplicaRow row) => Encoding.UTF8.GetString(row.Payload.Span);

    public static VersionVector Vector(params (string Writer, long Sequence)[] sequences)
    {
        Assert.True(VersionVector.TryCreate(
            sequences.Select(s => KeyValuePair.Create(s.Writer, s.Sequence)), out var vector));
        return vector;
    }

    /// <summary>The value; fails, saying why, if there is none.</summary>
    public static async Task<T> ValueAsync<T>(this Task<StoreAnswer<T>> answer)
    {
        Assert.True((await answer).TryGet(out var value, out var fault), $"{fault}");
        return value!;
    }

    public static async Task<StoreFaultKind?> FaultAsync<T>(this Task<StoreAnswer<T>> answer) =>
        (await answer).Fault?.Kind;
}
