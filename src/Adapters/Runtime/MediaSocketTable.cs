using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>
/// Finds the session and tag of a readable socket by a token. A token has a generation, so that an event
/// which was waiting when its socket closed does not reach the next socket in the same place.
/// </summary>
internal sealed class MediaSocketTable
{
    private readonly List<Entry> _entries = [];
    private readonly Stack<int> _free = [];

    /// <summary>Enters a socket and returns its place.</summary>
    public int Add(MediaSlot slot, int socketTag)
    {
        if (!_free.TryPop(out var place))
        {
            place = _entries.Count;
            _entries.Add(default);
        }

        _entries[place] = new Entry(slot, socketTag, _entries[place].Generation + 1);
        return place;
    }

    public ulong TokenOf(int place) => ((ulong)_entries[place].Generation << 32) | (uint)place;

    public void Remove(int place)
    {
        _entries[place] = new Entry(null, 0, _entries[place].Generation + 1);
        _free.Push(place);
    }

    public bool TryFind(ulong token, out MediaSlot slot, out UdpSocket socket, out int socketTag)
    {
        var entry = _entries[(int)(uint)token];
        (slot, socketTag) = (entry.Slot!, entry.SocketTag);
        var isCurrent = entry.Slot is not null && entry.Generation == (uint)(token >> 32);
        socket = isCurrent ? slot.Sockets[socketTag] : null!;
        return isCurrent;
    }

    private readonly record struct Entry(MediaSlot? Slot, int SocketTag, uint Generation);
}
