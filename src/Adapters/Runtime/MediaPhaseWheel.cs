using Farspan.Kernel;

namespace Farspan.Runtime;

/// <summary>
/// Spreads sessions over the phases of a tick interval: each phase has its own moments, exact multiples from
/// the origin, so that nothing drifts and a thousand sessions do not tick at once.
/// </summary>
internal sealed class MediaPhaseWheel
{
    private readonly List<MediaSlot>[] _phases;
    private readonly TimeSpan _step;
    private readonly int _maxCatchUp;
    private readonly Instant _origin;
    private long _position;

    public MediaPhaseWheel(MediaWorkerOptions options, Instant origin)
    {
        Invariant.Require(options.Phases > 0 && options.MaxCatchUpTicks > 0);
        _phases = new List<MediaSlot>[options.Phases];
        for (var i = 0; i < _phases.Length; i++)
        {
            _phases[i] = [];
        }

        _step = options.TickInterval / options.Phases;
        _maxCatchUp = options.MaxCatchUpTicks * options.Phases;
        _origin = origin;
    }

    /// <summary>When the next phase that has sessions is due; null while there are none.</summary>
    public Instant? Next
    {
        get
        {
            for (var i = 0; i < _phases.Length; i++)
            {
                if (PhaseAt(_position + i).Count > 0)
                {
                    return MomentOf(_position + i);
                }
            }

            return null;
        }
    }

    /// <summary>Puts a session into the emptiest phase.</summary>
    public void Add(MediaSlot slot)
    {
        var emptiest = 0;
        for (var i = 1; i < _phases.Length; i++)
        {
            emptiest = _phases[i].Count < _phases[emptiest].Count ? i : emptiest;
        }

        slot.Phase = emptiest;
        _phases[emptiest].Add(slot);
    }

    public void Remove(MediaSlot slot)
    {
        var phase = _phases[slot.Phase];
        var index = phase.IndexOf(slot);
        phase[index] = phase[^1];
        phase.RemoveAt(phase.Count - 1);
    }

    /// <summary>
    /// Moves over what is too old to be made up for and returns how many phases with sessions that were.
    /// </summary>
    public int SkipStale(Instant now)
    {
        var skipped = 0;
        var current = (now - _origin).Ticks / _step.Ticks;
        for (; _position < current - _maxCatchUp; _position++)
        {
            skipped += PhaseAt(_position).Count > 0 ? 1 : 0;
        }

        return skipped;
    }

    /// <summary>
    /// Takes the next phase whose moment has come; its sessions may be removed while they are gone through
    /// from the end.
    /// </summary>
    public bool TryTakeDue(Instant now, out List<MediaSlot> sessions, out Instant due)
    {
        due = MomentOf(_position);
        sessions = PhaseAt(_position);
        if (due > now)
        {
            return false;
        }

        _position++;
        return true;
    }

    private Instant MomentOf(long position) => _origin + (position * _step);

    private List<MediaSlot> PhaseAt(long position) => _phases[(int)(position % _phases.Length)];
}
