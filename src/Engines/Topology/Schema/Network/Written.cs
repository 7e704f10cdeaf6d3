namespace Farspan.Topology;

/// <summary>
/// A section of the network as it is written: a value for each key that is there. What is not there may be in
/// the section that it falls back to; otherwise it is derived.
/// </summary>
internal sealed class Written(SectionValues values, Written? fallback = null)
{
    public Reading Reading => values.Section;

    /// <summary>For the elements made of this section.</summary>
    public Origin Origin { get; } = fallback is null
        ? new Origin(values.Section.Node, values.Section.Path)
        : new Origin(values.Section.Node, values.Section.Path).Or(fallback.Origin);

    /// <summary>The same section, with another one for what is not written in it.</summary>
    public Written Or(Written other) => new(values, fallback is null ? other : fallback.Or(other));

    public bool Has(Setting setting) => values.Has(setting) || fallback?.Has(setting) == true;

    /// <summary>What is written, or the default.</summary>
    public T Get<T>(Setting<T> setting) =>
        values.Has(setting) || fallback is null ? values.Get(setting) : fallback.Get(setting);

    /// <summary>What is written; null without it.</summary>
    public T? Find<T>(Setting<T> setting)
        where T : class =>
        values.Find(setting) ?? fallback?.Find(setting);

    /// <inheritdoc cref="Find{T}"/>
    public T? FindNumber<T>(Setting<T> setting)
        where T : struct =>
        values.FindNumber(setting) ?? fallback?.FindNumber(setting);

    /// <summary>
    /// A section inside, which falls back to the same section inside the one that this falls back to.
    /// </summary>
    public Written Inside(Setting<Written> setting)
    {
        var own = values.Find(setting);
        var other = fallback?.Inside(setting);
        return own is null ? other ?? Empty(setting) : other is null ? own : own.Or(other);
    }

    /// <summary>Something that only shows when the network is derived.</summary>
    public void Report(Setting setting, FindingRule rule, string what, string fix) =>
        Reading.Context.Report(
            new Finding(rule, Origin.PlaceOf(setting.Name), Origin.PathOf(setting.Name), what, fix));

    private Written Empty(Setting<Written> setting)
    {
        var nothing = new ConfigurationNode.Mapping(Reading.Node.Place, []);
        return new Written(new SectionValues(Reading.At(nothing, setting.Name)));
    }
}
