namespace Farspan.Simulation;

/// <summary>
/// How long a router takes to notice, each way it can: the primitives of paths. Phases are uniform: a failure
/// may come right after a packet or right before the next.
/// </summary>
public static class PathDetection
{
    /// <summary>
    /// The hold timer runs out (RFC 4271 §6.5): the last KEEPALIVE came up to an interval before.
    /// </summary>
    public static Delay BgpHold(BgpTimers local, BgpTimers remote)
    {
        var hold = local.Hold < remote.Hold ? local.Hold : remote.Hold;
        var keepalive = remote.Keepalive < hold / 3 ? remote.Keepalive : hold / 3;
        return Delay.Between(hold - keepalive, hold);
    }

    /// <summary>
    /// The detection time of asynchronous mode (RFC 5880 §6.8.4): the remote multiplier times the interval that
    /// both agreed on for what the remote side sends. Each side may notice at another time.
    /// </summary>
    public static Delay Bfd(BfdTimers local, BfdTimers remote)
    {
        var interval = remote.Transmit > local.Receive ? remote.Transmit : local.Receive;
        return Delay.Between(interval * (remote.Multiplier - 1), interval * remote.Multiplier);
    }

    /// <summary>Loss of light, or an interface shut down by its owner.</summary>
    public static Delay InterfaceDown() =>
        Delay.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));

    /// <summary>
    /// A helper keeps the routes of a session that was reset (RFC 4724 §4.2): where the ways are dead too, this
    /// comes on top of noticing. An interface of AWS Direct Connect waits 120 s.
    /// </summary>
    public static Delay GracefulRestart(TimeSpan restartTime) => Delay.Exactly(restartTime);

    /// <summary>Dead peer detection of IKE (RFC 3706 §5): probes while the line is idle.</summary>
    public static Delay DeadPeer(TimeSpan interval, int probes) =>
        Delay.Between(interval * (probes - 1), interval * probes);

    /// <summary>One of equal ways is taken out of a table: nobody else has to hear of it.</summary>
    public static Delay LocalConvergence() => Converge(50);

    /// <summary>A withdrawal goes through several tables, and each is programmed anew.</summary>
    public static Delay RemoteConvergence() => Converge(300);

    /// <summary>
    /// A controller exchanges static routes: it waits out a flap, then calls the API so often. A call of
    /// usually 3 s takes 1 to 5 s.
    /// </summary>
    public static Delay ControllerSwap(TimeSpan dwell, TimeSpan usualCall, int calls) =>
        Delay.Exactly(dwell).Then(Delay.Between(usualCall / 3 * calls, usualCall / 3 * 5 * calls));

    // Laboratory 0.05 to 0.3 s; the clouds give no figure, so the worst is taken to be a second.
    private static Delay Converge(int expectedMs) =>
        Delay.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(expectedMs), TimeSpan.FromSeconds(1));
}
