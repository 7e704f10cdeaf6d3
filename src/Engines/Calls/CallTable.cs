using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>The live calls of a connector, by everything that messages name them with.</summary>
public sealed class CallTable
{
    private readonly Dictionary<string, Call> _byId = [];
    private readonly Dictionary<long, Call> _byMedia = [];
    private readonly Dictionary<SipDialogId, Call> _byDialog = [];
    private readonly DeadlineQueue<Call> _deadlines = new();

    public int Count => _byId.Count;

    /// <summary>Calls of edges.</summary>
    public int AnchoredCount { get; private set; }

    /// <summary>The earliest deadline of all calls; null while nothing waits.</summary>
    public Instant? Deadline => _deadlines.Next;

    public IEnumerable<Call> All => _byId.Values;

    public void Add(Call call)
    {
        _byId.Add(call.Id, call);
        AnchoredCount += call.IsAnchored ? 1 : 0;
        _byMedia.Add(call.MediaId, call);
        _byDialog.Add(call.Carrier.DialogId, call);
    }

    /// <summary>Notes the call's new deadline, or forgets it if it is over.</summary>
    /// <returns>True if the call was forgotten.</returns>
    public bool Settle(Call call)
    {
        if (!_byId.ContainsKey(call.Id))
        {
            return false;
        }

        if (!call.IsOver)
        {
            // A call may get another dialog with another edge; who speaks in an earlier one is to hear that.
            _byDialog.TryAdd(call.Carrier.DialogId, call);
            _deadlines.Set(call, call.Deadline);
            return false;
        }

        return Forget(call);
    }

    /// <summary>Takes the call out, whatever its state.</summary>
    /// <returns>True if it was there.</returns>
    public bool Forget(Call call)
    {
        _deadlines.Remove(call);
        _byMedia.Remove(call.MediaId);
        foreach (var dialog in call.Dialogs)
        {
            _byDialog.Remove(dialog);
        }

        var isRemoved = _byId.Remove(call.Id);
        AnchoredCount -= isRemoved && call.IsAnchored ? 1 : 0;
        return isRemoved;
    }

    public bool TryFind(string callId, [NotNullWhen(true)] out Call? call) =>
        _byId.TryGetValue(callId, out call);

    public bool TryFindByMedia(long mediaId, [NotNullWhen(true)] out Call? call) =>
        _byMedia.TryGetValue(mediaId, out call);

    /// <summary>Finds the call of an in-dialog request (RFC 3261 §12.2.2).</summary>
    public bool TryFindByDialog(in SipDialogId dialog, [NotNullWhen(true)] out Call? call) =>
        _byDialog.TryGetValue(dialog, out call);

    public bool TryTakeDue(Instant now, out Call call) => _deadlines.TryTakeDue(now, out call);
}
