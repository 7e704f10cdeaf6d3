using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Simulation;

/// <summary>
/// How long something takes that depends on when, between two ticks of some timer, it begins: the shortest,
/// the expected and the longest time, and a way to draw one. Delays are put in series (what must happen one
/// after the other), the latest of several taken (what must all happen) or the earliest (remedies in
/// parallel).
/// </summary>
/// <remarks>The expected time of an earliest or a latest is a bound made of its parts' (it can only be less,
/// or more); <see cref="DelayPercentiles"/> has the truth.</remarks>
public abstract record Delay
{
    private Delay(TimeSpan best, TimeSpan expected, TimeSpan worst)
    {
        Invariant.Require(best <= expected && expected <= worst);
        (Best, Expected, Worst) = (best, expected, worst);
    }

    /// <summary>At once.</summary>
    public static Delay None { get; } = new Part(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Nothing brings it about.</summary>
    public static Delay Never { get; } = new Part(TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);

    public TimeSpan Best { get; }

    public TimeSpan Expected { get; }

    public TimeSpan Worst { get; }

    public bool IsNever => Best == TimeSpan.MaxValue;

    /// <summary>Any time between two, each as likely: the phase of a periodic timer.</summary>
    public static Delay Between(TimeSpan best, TimeSpan worst) =>
        new Part(best, best + ((worst - best) / 2), worst);

    /// <summary>Mostly near what is expected, at worst longer.</summary>
    public static Delay Between(TimeSpan best, TimeSpan expected, TimeSpan worst) =>
        new Part(best, expected, worst);

    public static Delay Exactly(TimeSpan time) => new Part(time, time, time);

    /// <summary>When the last of them is over.</summary>
    public static Delay Latest(params ReadOnlySpan<Delay> delays) =>
        Combine(delays, None, (left, right) => left.Best >= right.Worst, parts => new All(parts));

    /// <summary>When the first of them is over: never, if there is none.</summary>
    public static Delay Earliest(params ReadOnlySpan<Delay> delays) =>
        Combine(delays, Never, (left, right) => left.Worst <= right.Best, parts => new Any(parts));

    /// <summary>This, and after it the other.</summary>
    public Delay Then(Delay next) =>
        IsNever || next.IsNever ? Never
        : next == None ? this
        : this == None ? next
        : new Chain(this, next);

    /// <summary>A time drawn from the distribution.</summary>
    public abstract TimeSpan Draw(RandomSource random);

    /// <summary>Leaves out what another part always outdoes.</summary>
    private static Delay Combine(
        ReadOnlySpan<Delay> delays,
        Delay neutral,
        Func<Delay, Delay, bool> outdoes,
        Func<ImmutableArray<Delay>, Delay> make)
    {
        var kept = new List<Delay>(delays.Length);
        foreach (var delay in delays)
        {
            if (delay != neutral && !kept.Exists(other => ReferenceEquals(other, delay) || outdoes(other, delay)))
            {
                kept.RemoveAll(other => outdoes(delay, other));
                kept.Add(delay);
            }
        }

        return kept.Count switch { 0 => neutral, 1 => kept[0], _ => make([.. kept]) };
    }

    private static TimeSpan Least(ImmutableArray<Delay> parts, Func<Delay, TimeSpan> of) => parts.Min(of);

    private static TimeSpan Most(ImmutableArray<Delay> parts, Func<Delay, TimeSpan> of) => parts.Max(of);

    /// <summary>One mechanism: two uniform pieces that meet at the expected time, which is the mean.</summary>
    private sealed record Part(TimeSpan From, TimeSpan Mean, TimeSpan To) : Delay(From, Mean, To)
    {
        public override TimeSpan Draw(RandomSource random)
        {
            if (From == To)
            {
                return From;
            }

            var isLower = random.NextDouble() * (To - From) < To - Mean;
            var (low, high) = isLower ? (From, Mean) : (Mean, To);
            return low + (random.NextDouble() * (high - low));
        }
    }

    private sealed record Chain(Delay First, Delay Second)
        : Delay(First.Best + Second.Best, First.Expected + Second.Expected, First.Worst + Second.Worst)
    {
        public override TimeSpan Draw(RandomSource random) => First.Draw(random) + Second.Draw(random);
    }

    private sealed record All(ImmutableArray<Delay> Parts)
        : Delay(Most(Parts, d => d.Best), Most(Parts, d => d.Expected), Most(Parts, d => d.Worst))
    {
        public override TimeSpan Draw(RandomSource random) => Parts.Max(part => part.Draw(random));
    }

    private sealed record Any(ImmutableArray<Delay> Parts)
        : Delay(Least(Parts, d => d.Best), Least(Parts, d => d.Expected), Least(Parts, d => d.Worst))
    {
        public override TimeSpan Draw(RandomSource random) => Parts.Min(part => part.Draw(random));
    }
}
