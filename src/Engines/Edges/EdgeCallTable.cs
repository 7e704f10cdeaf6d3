using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>The live calls of an edge, by everything that messages name them with.</summary>
public sealed class EdgeCallTable
{
    private readonly OrderedDictionary<string, EdgeCall> _byId = [];
    private readonly Dictionary<long, EdgeCall> _byMedia = [];
    private readonly Dictionary<SipDialogId, EdgeCall> _byDialog = [];
    private readonly DeadlineQueue<EdgeCall> _deadlines = new();

    public int Count => _byId.Count;

    /// <summary>The earliest deadline of all calls; null while nothing waits.</summary>
    public Instant? Deadline => _deadlines.Next;

    public IReadOnlyList<EdgeCall> All => _byId.Values;

    public void Add(EdgeCall call)
    {
        _byId.Add(call.Id, call);
        _byMedia.Add(call.MediaId, call);
        _byDialog.Add(call.DialogId, call);
    }

    /// <summary>Notes the call's new deadline, or forgets it if it is over.</summary>
    /// <returns>True if the call was forgotten.</returns>
    public bool Settle(EdgeCall call)
    {
        if (!_byId.ContainsKey(call.Id))
        {
            return false;
        }

        if (!call.IsOver)
        {
            _deadlines.Set(call, call.Deadline);
            return false;
        }

        return Forget(call);
    }

    /// <summary>Takes the call out, whatever its state.</summary>
    /// <returns>True if it was there.</returns>
    public bool Forget(EdgeCall call)
    {
        _deadlines.Remove(call);
        _byMedia.Remove(call.MediaId);
        _byDialog.Remove(call.DialogId);
        return _byId.Remove(call.Id);
    }

    public bool TryFind(string callId, [NotNullWhen(true)] out EdgeCall? call) =>
        _byId.TryGetValue(callId, out call);

    public bool TryFindByMedia(long mediaId, [NotNullWhen(true)] out EdgeCall? call) =>
        _byMedia.TryGetValue(mediaId, out call);

    /// <summary>Finds the call of a carrier's in-dialog request (RFC 3261 §12.2.2).</summary>
    public bool TryFindByDialog(in SipDialogId dialog, [NotNullWhen(true)] out EdgeCall? call) =>
        _byDialog.TryGetValue(dialog, out call);

    public bool TryTakeDue(Instant now, out EdgeCall call) => _deadlines.TryTakeDue(now, out call);
}
