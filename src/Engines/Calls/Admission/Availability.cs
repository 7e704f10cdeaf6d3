using Farspan.Kernel;
using Farspan.Media;

namespace Farspan.Calls;

/// <summary>
/// Judges whether a node can take a call: it is not on its way out, it has room and media ports, and at least
/// one instance of Amazon Connect works and has quota left. Comes back by itself as soon as that is so again.
/// </summary>
/// <remarks>
/// Only the node's own state and the number of its calls refuse an INVITE at once (<see cref="Refusal"/>). A
/// call that comes although Connect is out of reach or its quota used up may ring for a while: it may yet
/// succeed.
/// </remarks>
public sealed class Availability(CallTable calls, ContactDesk desk, int callsMax)
{
    /// <summary>
    /// How long a session that found no ports speaks for the next one, if none is given back before.
    /// </summary>
    public static readonly TimeSpan MediaPause = TimeSpan.FromSeconds(5);

    private readonly TimerTable<Timer> _timers = new();
    private NodeAvailability _told = NodeAvailability.Available;

    private enum Timer
    {
        /// <summary>No ports were left: <see cref="MediaPause"/>.</summary>
        Media,
    }

    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>Set while the node lets its calls end and takes no new ones.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Set when the node ends its calls; for good.</summary>
    public bool IsStopping { get; set; }

    /// <summary>What an INVITE is refused with, whatever its route; null: nothing.</summary>
    public CallOutcome? Refusal =>
        IsStopping ? CallOutcome.NodeStopping
        : IsDraining || calls.Count >= callsMax ? CallOutcome.NotAccepting
        : null;

    /// <summary>Learns whether the media plane has room.</summary>
    public void Note(MediaEvent media, Instant now)
    {
        if (media is MediaEvent.OpenFailed)
        {
            _timers.Start(Timer.Media, now + MediaPause);
        }
        else if (media is MediaEvent.Closed)
        {
            _timers.Stop(Timer.Media);
        }
    }

    public void Expire(Instant now) => _timers.TryExpire(Timer.Media, now);

    public NodeAvailability Judge() =>
        IsStopping ? new NodeAvailability(CallOutcome.NodeStopping, "the node is stopping", null)
        : IsDraining ? new NodeAvailability(CallOutcome.NotAccepting, "the node is draining", null)
        : calls.Count >= callsMax
            ? new NodeAvailability(CallOutcome.NotAccepting, $"all {callsMax} calls are taken", null)
        : _timers.Deadline(Timer.Media) is { } again
            ? new NodeAvailability(CallOutcome.MediaResources, "no media ports are left", again)
        : desk.Judge();

    /// <summary>What edges are told, who share their calls out by it.</summary>
    public LoadReport Report() => new(
        calls.Count, callsMax, desk.Governors.Values.Sum(governor => Math.Max(0, governor.SlotsLeft)),
        IsDraining || IsStopping);

    /// <summary>Judges; true if the judgement is another one than when it was last asked.</summary>
    public bool TryTell(out NodeAvailability judgement)
    {
        judgement = Judge();
        var isNews = judgement != _told;
        _told = judgement;
        return isNews;
    }
}
