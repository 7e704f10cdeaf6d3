using Farspan.Simulation;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// How long the silent loss of a session goes unnoticed, at worst, and what is reckoned: the simulation's
/// primitives, in words.
/// </summary>
internal static class PathTimes
{
    /// <summary>From the verdict of a session until packets take the other way.</summary>
    public static TimeSpan Convergence => PathDetection.RemoteConvergence().Worst;

    /// <summary>Both ends must notice; the later one counts.</summary>
    public static TimeSpan Detection(BgpSession session) =>
        Bfd(session) is var (atGoogle, atAws)
            ? Delay.Latest(atGoogle, atAws).Worst
            : PathDetection.BgpHold(Timers(session.Local), Timers(session.Remote)).Worst;

    /// <summary>With the arithmetic (RFC 5880 §6.8.4, RFC 4271 §6.5).</summary>
    public static string Explain(BgpSession session) =>
        session is { Local.Bfd: { } local, Remote.Bfd: { } remote } && Bfd(session) is var (atGoogle, atAws)
            ? $"BFD: {Seconds.Text(atGoogle.Worst)} at Google's end (the other end's {Wish(remote)}), "
                + $"{Seconds.Text(atAws.Worst)} at AWS's ({Wish(local)}), then {Seconds.Text(Convergence)} to converge"
            : $"hold time: {Seconds.Text(session.EffectiveHold)}, then {Seconds.Text(Convergence)} to converge";

    private static (Delay AtGoogle, Delay AtAws)? Bfd(BgpSession session) =>
        session is { HasBfd: true, Local.Bfd: { } local, Remote.Bfd: { } remote }
            ? (PathDetection.Bfd(Timers(local), Timers(remote)), PathDetection.Bfd(Timers(remote), Timers(local)))
            : null;

    private static BfdTimers Timers(BfdEnd end) => new(end.MinTransmit, end.MinReceive, end.Multiplier);

    private static BgpTimers Timers(BgpEnd end) => new(end.Hold, end.Keepalive);

    private static string Wish(BfdEnd end) => $"{end.Multiplier} × {Seconds.Text(end.MinTransmit)}";
}
