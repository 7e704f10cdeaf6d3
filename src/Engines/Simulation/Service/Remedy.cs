namespace Farspan.Simulation;

/// <summary>How soon something works again, and whose doing that is.</summary>
/// <param name="Time">From the failure.</param>
/// <param name="Actors">Who has to act.</param>
public readonly record struct Remedy(Delay Time, Actors Actors)
{
    /// <summary>Nothing is wrong.</summary>
    public static Remedy NotNeeded { get; } = new(Delay.None, Actors.None);

    /// <summary>Somebody has to come.</summary>
    public static Remedy Nobody { get; } = new(Delay.Never, Actors.Person);

    public bool IsNeeded => Actors != Actors.None;

    public bool IsPossible => !Time.IsNever;

    /// <summary>Both have to happen, side by side.</summary>
    public Remedy And(Remedy other) =>
        !IsNeeded ? other
        : !other.IsNeeded ? this
        : !IsPossible || !other.IsPossible ? Nobody
        : new Remedy(Delay.Latest(Time, other.Time), Actors | other.Actors);

    /// <summary>Either will do, whichever comes first.</summary>
    public Remedy Or(Remedy other)
    {
        if (!IsNeeded || !other.IsNeeded)
        {
            return NotNeeded;
        }

        if (!IsPossible || !other.IsPossible)
        {
            return IsPossible ? this : other;
        }

        var time = Delay.Earliest(Time, other.Time);
        return new Remedy(time, Time.Worst <= other.Time.Worst ? Actors : other.Actors);
    }

    /// <summary>This, and only then the other.</summary>
    public Remedy Then(Remedy next) => IsPossible && next.IsPossible
        ? new Remedy(Time.Then(next.Time), Actors | next.Actors)
        : Nobody;
}
