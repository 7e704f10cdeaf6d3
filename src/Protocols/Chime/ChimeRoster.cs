using Farspan.Kernel;

namespace Farspan.Chime;

/// <summary>
/// Who is in the meeting, from AUDIO_STREAM_ID_INFO and AUDIO_METADATA. At most
/// <see cref="ChimeLimits.MaxRosterEntries"/>; more are ignored.
/// </summary>
public sealed class ChimeRoster
{
    private readonly List<RosterEntry> _entries = [];

    public IReadOnlyList<RosterEntry> Entries => _entries;

    public void Clear() => _entries.Clear();

    /// <summary>
    /// An attendee id means a join or an update, a mute alone a mute change, neither a departure.
    /// </summary>
    public void Apply(AudioStreamIdInfo info, Outbox<ChimeEffect> outbox)
    {
        if (info.AttendeeId is { } attendeeId)
        {
            Upsert(info, attendeeId, outbox);
        }
        else if (info.IsMuted is { } isMuted)
        {
            SetMuted(info.StreamId, isMuted, outbox);
        }
        else
        {
            Remove(info.StreamId, info.IsDropped is true, outbox);
        }
    }

    public void Apply(AudioAttendeeState state, Outbox<ChimeEffect> outbox)
    {
        if (state.IsMuted is { } isMuted)
        {
            SetMuted(state.StreamId, isMuted, outbox);
        }
    }

    private void Upsert(AudioStreamIdInfo info, string attendeeId, Outbox<ChimeEffect> outbox)
    {
        var index = _entries.FindIndex(entry => entry.AttendeeId == attendeeId);
        if (index >= 0)
        {
            _entries[index] = _entries[index] with { StreamId = info.StreamId };
            SetMuted(info.StreamId, info.IsMuted ?? _entries[index].IsMuted, outbox);
        }
        else if (_entries.Count < ChimeLimits.MaxRosterEntries)
        {
            // A stream has one owner: whoever had this number before has gone unannounced.
            Remove(info.StreamId, isDropped: true, outbox);
            var entry = new RosterEntry(
                info.StreamId, attendeeId, info.ExternalUserId ?? "", info.IsMuted is true);
            _entries.Add(entry);
            outbox.Add(new ChimeEffect.RosterChanged(RosterChange.Joined, entry));
        }
    }

    private void SetMuted(uint streamId, bool isMuted, Outbox<ChimeEffect> outbox)
    {
        var index = IndexOf(streamId);
        if (index >= 0 && _entries[index].IsMuted != isMuted)
        {
            _entries[index] = _entries[index] with { IsMuted = isMuted };
            var change = isMuted ? RosterChange.Muted : RosterChange.Unmuted;
            outbox.Add(new ChimeEffect.RosterChanged(change, _entries[index]));
        }
    }

    private void Remove(uint streamId, bool isDropped, Outbox<ChimeEffect> outbox)
    {
        var index = IndexOf(streamId);
        if (index >= 0)
        {
            var entry = _entries[index];
            _entries.RemoveAt(index);
            var change = isDropped ? RosterChange.Dropped : RosterChange.Left;
            outbox.Add(new ChimeEffect.RosterChanged(change, entry));
        }
    }

    private int IndexOf(uint streamId) => _entries.FindIndex(entry => entry.StreamId == streamId);
}
