using System.Runtime.InteropServices;
using Farspan.Kernel;

namespace Farspan.Ice;

/// <summary>
/// The pairs, best first, and the order in which they are checked (RFC 8445 §6.1.2, §6.1.4). One stream
/// with one component, so one checklist.
/// </summary>
internal sealed class IceChecklist(IceRelayPolicy policy)
{
    private readonly List<IceCandidatePair> _pairs = [];
    private readonly List<IceCandidatePair> _triggered = [];
    private bool _isConcluded;

    public ReadOnlySpan<IceCandidatePair> Pairs => CollectionsMarshal.AsSpan(_pairs);

    /// <summary>True if <see cref="TryTakeNext"/> would give a pair.</summary>
    public bool HasWork => _triggered.Count > 0 || (!_isConcluded && FindOrdinary() is not null);

    /// <summary>Pairs waiting or under way: N of the retransmission formula (RFC 8445 §14.3).</summary>
    public int ActiveCount
    {
        get
        {
            var count = 0;
            foreach (var pair in _pairs)
            {
                count += pair.State is IcePairState.Waiting or IcePairState.InProgress ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>The earliest retransmission; null while no check is under way.</summary>
    public Instant? Deadline
    {
        get
        {
            Instant? next = null;
            foreach (var pair in _pairs)
            {
                next = Instant.Earlier(next, pair.Deadline);
            }

            return next;
        }
    }

    /// <summary>Whether two addresses can talk at all (RFC 8445 §6.1.2.2).</summary>
    public static bool CanPair(TransportAddress local, TransportAddress remote) =>
        local.IsIPv4 == remote.IsIPv4
        && local.IsIPv6LinkLocal == remote.IsIPv6LinkLocal
        && remote.Port != 0;

    public IceCandidatePair? Find(IcePath path)
    {
        foreach (var pair in _pairs)
        {
            if (pair.Path == path)
            {
                return pair;
            }
        }

        return null;
    }

    /// <summary>Adds a pair in state Frozen; a full list gives up its worst idle pair, or refuses.</summary>
    public bool TryAdd(IceCandidatePair pair, IceRole role)
    {
        if (_pairs.Count >= IceLimits.MaxPairs && !TryDropWorstIdle())
        {
            return false;
        }

        pair.Priority = PriorityOf(pair, role);
        var index = _pairs.FindIndex(other => Outranks(pair, other));
        _pairs.Insert(index < 0 ? _pairs.Count : index, pair);
        return true;
    }

    /// <summary>Recomputes what depends on the roles (RFC 8445 §7.3.1.1).</summary>
    public void ChangeRole(IceRole role)
    {
        foreach (var pair in _pairs)
        {
            pair.Priority = PriorityOf(pair, role);
            pair.IsToBeNominated = false;
        }

        _pairs.Sort((left, right) => Outranks(left, right) ? -1 : Outranks(right, left) ? 1 : 0);
    }

    /// <summary>Queues a triggered check (RFC 8445 §7.3.1.4).</summary>
    public void Trigger(IceCandidatePair pair)
    {
        if (pair.State != IcePairState.Succeeded)
        {
            pair.State = IcePairState.Waiting;
        }

        if (!_triggered.Contains(pair))
        {
            _triggered.Add(pair);
        }
    }

    /// <summary>
    /// Takes the next pair to check: triggered, else the best Waiting, else a thawed one (RFC 8445 §6.1.4.2).
    /// </summary>
    public bool TryTakeNext(out IceCandidatePair pair)
    {
        if (_triggered.Count > 0)
        {
            pair = _triggered[0];
            _triggered.RemoveAt(0);
            return true;
        }

        pair = _isConcluded ? null! : FindOrdinary()!;
        return pair is not null;
    }

    /// <summary>
    /// A success thaws its foundation (RFC 8445 §7.2.5.3.3), and needs no triggered check any more.
    /// </summary>
    public void TakeSuccess(IceCandidatePair succeeded)
    {
        if (!succeeded.IsToBeNominated)
        {
            _triggered.Remove(succeeded);
        }

        foreach (var pair in _pairs)
        {
            if (pair.State == IcePairState.Frozen && pair.HasFoundationOf(succeeded))
            {
                pair.State = IcePairState.Waiting;
            }
        }
    }

    /// <summary>
    /// A pair is nominated: of the others, only triggered checks are sent any more (RFC 8445 §8.1.2).
    /// </summary>
    public void Conclude(IceCandidatePair nominated)
    {
        _isConcluded = true;
        foreach (var pair in _pairs)
        {
            if (pair == nominated || pair.IsValid)
            {
                pair.AbandonCheck();
            }
            else if (!_triggered.Contains(pair))
            {
                pair.Fail();
            }
        }
    }

    /// <summary>The best pair that works and answered after <paramref name="respondedAfter"/>.</summary>
    public IceCandidatePair? FindBestValid(Instant respondedAfter)
    {
        foreach (var pair in _pairs)
        {
            if (pair.IsValid && pair.RespondedAt > respondedAfter)
            {
                return pair;
            }
        }

        return null;
    }

    /// <summary>True if a better pair may still turn out to work.</summary>
    public bool HasUndecidedAbove(IceCandidatePair pair)
    {
        foreach (var other in _pairs)
        {
            if (ReferenceEquals(other, pair))
            {
                break;
            }

            if (other.State is IcePairState.Frozen or IcePairState.Waiting or IcePairState.InProgress)
            {
                return true;
            }
        }

        return false;
    }

    public bool Outranks(IceCandidatePair pair, IceCandidatePair other) =>
        policy == IceRelayPolicy.PreferRelay && pair.IsRelayed != other.IsRelayed
            ? pair.IsRelayed
            : pair.Priority > other.Priority;

    private static ulong PriorityOf(IceCandidatePair pair, IceRole role)
    {
        var (ours, theirs) = (pair.Local.Candidate.Priority, pair.Remote.Priority);
        return role == IceRole.Controlling
            ? IcePriority.OfPair(ours, theirs)
            : IcePriority.OfPair(theirs, ours);
    }

    /// <summary>
    /// The best Waiting pair, else the best Frozen one whose foundation nobody is trying, else the best
    /// Frozen one: with a single checklist an idle turn is better spent than saved.
    /// </summary>
    private IceCandidatePair? FindOrdinary()
    {
        IceCandidatePair? quiet = null;
        IceCandidatePair? frozen = null;
        foreach (var pair in _pairs)
        {
            if (pair.State == IcePairState.Waiting)
            {
                return pair;
            }

            if (pair.State == IcePairState.Frozen)
            {
                frozen ??= pair;
                quiet = quiet is null && !IsFoundationActive(pair) ? pair : quiet;
            }
        }

        return quiet ?? frozen;
    }

    private bool IsFoundationActive(IceCandidatePair pair)
    {
        foreach (var other in _pairs)
        {
            if (other.State is IcePairState.Waiting or IcePairState.InProgress && other.HasFoundationOf(pair))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryDropWorstIdle()
    {
        var worst = _pairs.FindLastIndex(
            pair => pair.Check is null && !pair.IsValid && !_triggered.Contains(pair));
        if (worst >= 0)
        {
            _pairs.RemoveAt(worst);
        }

        return worst >= 0;
    }
}
