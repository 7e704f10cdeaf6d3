using System.Diagnostics.CodeAnalysis;

namespace Farspan.Sip;

/// <summary>The server transactions of a layer, found as RFC 3261 §17.2.3 and §8.2.2.2 say.</summary>
internal sealed class ServerTransactionTable
{
    private readonly Dictionary<ServerTransactionKey, SipServerTransaction> _transactions = [];
    private readonly Dictionary<MergeKey, SipServerTransaction> _unanswered = [];

    public int Count => _transactions.Count;

    public bool TryFind(
        in ServerTransactionKey key, [NotNullWhen(true)] out SipServerTransaction? transaction) =>
        _transactions.TryGetValue(key, out transaction);

    /// <summary>Whether the same request is being worked on, having come on another path.</summary>
    public bool IsMerged(SipRequest request) =>
        request.To.Tag is null && _unanswered.ContainsKey(MergeKey.Of(request));

    public void Add(SipServerTransaction transaction)
    {
        _transactions.Add(transaction.Key, transaction);
        if (transaction.Request is { To.Tag: null, Method: not SipMethod.Cancel } request)
        {
            _unanswered.TryAdd(MergeKey.Of(request), transaction);
        }
    }

    /// <summary>
    /// Lets the same request come again by another path. Deviation from RFC 3261 §8.2.2.2: only requests
    /// without a final failure count as ongoing, because a proxy that got our 503 may try our next address.
    /// </summary>
    public void ForgetMerge(SipServerTransaction transaction)
    {
        if (transaction.Request is not { To.Tag: null, Method: not SipMethod.Cancel } request)
        {
            return;
        }

        var key = MergeKey.Of(request);
        if (_unanswered.GetValueOrDefault(key) == transaction)
        {
            _unanswered.Remove(key);
        }
    }

    public void Remove(SipServerTransaction transaction)
    {
        _transactions.Remove(transaction.Key);
        ForgetMerge(transaction);
    }
}
