namespace Farspan.Cluster;

/// <summary>
/// Makes the rows of each kind: their keys, what orders their versions and how long they are kept.
/// </summary>
public static class ReplicaRows
{
    /// <summary>A registration outlives its node by this, so that its end can be looked at.</summary>
    public static readonly TimeSpan NodeLifetime = TimeSpan.FromDays(1);

    /// <summary>No call is longer; its tokens are of no use afterwards.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(24);

    /// <summary>
    /// Amazon Connect forgets a ClientToken after seven days; a contact is not stopped later.
    /// </summary>
    public static readonly TimeSpan JournalLifetime = TimeSpan.FromDays(7);

    /// <summary>How long call records are kept unless the operator says otherwise.</summary>
    public static readonly TimeSpan CallRecordLifetime = TimeSpan.FromDays(90);

    /// <summary>
    /// One record for each attempt, however often and by whomever it is written: that of the highest epoch stays.
    /// </summary>
    /// <param name="callId">Of the call.</param>
    /// <param name="attempt">Counts the attempts of one call from 1.</param>
    /// <param name="version">The number and node of the epoch under which its writer held the call.</param>
    /// <param name="record">As it is to be shown.</param>
    /// <param name="expiresAt">When it may be forgotten.</param>
    public static ReplicaRow CallRecord(
        string callId,
        int attempt,
        RowVersion version,
        ReadOnlyMemory<byte> record,
        DateTimeOffset expiresAt) =>
        new(RowKind.CallRecord, CallRecordKey(callId, attempt), version, record, expiresAt);

    /// <summary>The latest token of the highest epoch stays.</summary>
    /// <param name="callId">Of the call.</param>
    /// <param name="side">Which half it rebuilds.</param>
    /// <param name="version">The epoch's number and node, and which of its tokens it is.</param>
    /// <param name="sealedToken">Opaque; sealed by the cluster's keys.</param>
    /// <param name="expiresAt">When it is of no use any more.</param>
    public static ReplicaRow SealedToken(
        string callId,
        CallSide side,
        RowVersion version,
        ReadOnlyMemory<byte> sealedToken,
        DateTimeOffset expiresAt) =>
        new(RowKind.SealedToken, TokenKey(callId, side), version, sealedToken, expiresAt);

    /// <summary>The latest entry of each intent stays.</summary>
    /// <param name="node">Whose journal it is.</param>
    /// <param name="intentId">Of the contact.</param>
    /// <param name="issue">Counts the entries of the intent.</param>
    /// <param name="entry">As it is in the journal.</param>
    /// <param name="expiresAt">When it is of no use any more.</param>
    public static ReplicaRow JournalCopy(
        string node, string intentId, long issue, ReadOnlyMemory<byte> entry, DateTimeOffset expiresAt) =>
        new(RowKind.JournalCopy, $"{node}/{intentId}", new RowVersion(issue, node, 0), entry, expiresAt);

    /// <summary>The latest registration of each node stays.</summary>
    /// <param name="registration">What the node says of itself.</param>
    /// <param name="payload">The same, encoded.</param>
    public static ReplicaRow Node(NodeRegistration registration, ReadOnlyMemory<byte> payload) => new(
        RowKind.Node,
        registration.Node,
        new RowVersion(registration.SeenAt.Packed, registration.Boot, 0),
        payload,
        DateTimeOffset.FromUnixTimeMilliseconds(registration.SeenAt.Milliseconds) + NodeLifetime);

    public static string CallRecordKey(string callId, int attempt) => $"{callId}/{attempt}";

    public static string TokenKey(string callId, CallSide side) =>
        side == CallSide.Caller ? $"{callId}/caller" : $"{callId}/contact";
}
