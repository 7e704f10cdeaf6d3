using Farspan.Topology;

namespace Farspan.Render;

/// <summary>How long the silent loss of a session goes unnoticed, at worst, and what is reckoned.</summary>
internal static class PathTimes
{
    /// <summary>From the verdict of a session until packets take the other way.</summary>
    public static readonly TimeSpan Convergence = TimeSpan.FromSeconds(1);

    /// <summary>Both ends must notice; the later one counts.</summary>
    public static TimeSpan Detection(BgpSession session) =>
        session is { HasBfd: true, Local.Bfd: { } local, Remote.Bfd: { } remote }
            ? Later(DetectionTime(local, remote), DetectionTime(remote, local))
            : session.EffectiveHold;

    /// <summary>With the arithmetic (RFC 5880 §6.8.4, RFC 4271 §6.5).</summary>
    public static string Explain(BgpSession session) =>
        session is { HasBfd: true, Local.Bfd: { } local, Remote.Bfd: { } remote }
        ? $"BFD: {Seconds.Text(DetectionTime(local, remote))} at Google's end ({remote.Multiplier} × "
            + $"{Seconds.Text(Later(remote.MinTransmit, local.MinReceive))}), "
            + $"{Seconds.Text(DetectionTime(remote, local))} at AWS's "
            + $"({local.Multiplier} × {Seconds.Text(Later(local.MinTransmit, remote.MinReceive))}), "
            + $"then {Seconds.Text(Convergence)} to converge"
        : $"hold time: {Seconds.Text(session.EffectiveHold)}, then {Seconds.Text(Convergence)} to converge";

    /// <summary>The remote multiplier times the interval that both agreed on for what the remote end sends.</summary>
    private static TimeSpan DetectionTime(BfdEnd local, BfdEnd remote) =>
        Later(remote.MinTransmit, local.MinReceive) * remote.Multiplier;

    private static TimeSpan Later(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
