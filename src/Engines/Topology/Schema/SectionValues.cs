using Farspan.Kernel;

namespace Farspan.Topology;

/// <summary>The values of one section that was read, for the function that makes its model.</summary>
internal sealed class SectionValues(Reading section)
{
    private readonly Dictionary<Setting, (object? Value, ConfigurationPlace Place)> _values = [];

    /// <summary>Whether everything that has no default is there.</summary>
    public bool IsComplete { get; private set; } = true;

    public Reading Section => section;

    public void Set<T>(Setting<T> setting, T value, ConfigurationPlace place) =>
        _values[setting] = (value, place);

    /// <summary>The value is unusable, which a finding has said.</summary>
    public void Fail(Setting setting) => IsComplete &= setting.HasFallback;

    /// <summary>Whether the key is there, with a value.</summary>
    public bool Has(Setting setting) => _values.ContainsKey(setting);

    /// <summary>The value written, or the default.</summary>
    public T Get<T>(Setting<T> setting) =>
        _values.TryGetValue(setting, out var item) ? (T)item.Value! : setting.GetDefault();

    /// <summary>The value written; null without one.</summary>
    public T? Find<T>(Setting<T> setting)
        where T : class =>
        _values.TryGetValue(setting, out var item) ? (T?)item.Value : null;

    /// <inheritdoc cref="Find{T}"/>
    public T? FindNumber<T>(Setting<T> setting)
        where T : struct =>
        _values.TryGetValue(setting, out var item) ? (T?)item.Value : null;

    /// <summary>Something about a key that only shows beside the others.</summary>
    public void Report(Setting setting, FindingRule rule, string what, string fix)
    {
        var place = _values.TryGetValue(setting, out var item) ? item.Place : section.Node.Place;
        section.Context.Report(new Finding(rule, place, section.Join(setting.Name), what, fix));
    }

    /// <summary>Two values that do not fit together.</summary>
    public void RequireFit(bool fits, Setting setting, string what, string fix)
    {
        if (!fits)
        {
            Report(setting, FindingRules.Contradiction, what, fix);
        }
    }
}
