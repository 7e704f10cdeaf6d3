using Farspan.Kernel;

namespace Farspan.Topology;

/// <summary>
/// One key of a section: everything there is to know about it, in one place. Drives the reading of files, the
/// findings, the reference and the JSON Schema.
/// </summary>
internal abstract class Setting(
    string name, ValueKind kind, string summary, SettingAbsence absence, string absenceText)
{
    public string Name => name;

    /// <summary>A sentence for the reference.</summary>
    public string Summary => summary;

    public ValueKind Kind => kind;

    public bool IsRequired => absence == SettingAbsence.IsFault;

    /// <summary>Whether a model can be made without a value of the key.</summary>
    public bool HasFallback => absence is SettingAbsence.MeansDefault or SettingAbsence.MeansNothing;

    /// <summary>What holds without the key, as it would be written or in words.</summary>
    public string DefaultText => absence switch
    {
        SettingAbsence.IsFault => "required",
        SettingAbsence.MeansDefault => $"`{WriteDefault()}`",
        SettingAbsence.MeansNothing => absenceText,
        SettingAbsence.MeansEmptySection => "see below",
        _ => throw Invariant.Unreachable(absence),
    };

    /// <summary>The key must be there.</summary>
    public static Setting<T> Required<T>(string name, ValueKind<T> kind, string summary) =>
        new(name, kind, summary, SettingAbsence.IsFault, "", default);

    /// <summary>Without the key, <paramref name="value"/> holds.</summary>
    public static Setting<T> Defaulting<T>(string name, ValueKind<T> kind, T value, string summary) =>
        new(name, kind, summary, SettingAbsence.MeansDefault, "", value);

    /// <summary>Without the key there is no value; <paramref name="absence"/> says what that means.</summary>
    public static Setting<T> Optional<T>(string name, ValueKind<T> kind, string absence, string summary) =>
        new(name, kind, summary, SettingAbsence.MeansNothing, absence, default);

    /// <summary>
    /// A section that is always there: without the key, each of its own keys has its default.
    /// </summary>
    public static Setting<T> Nested<T>(string name, Section<T> section) =>
        new(name, section, section.Outline.Summary, SettingAbsence.MeansEmptySection, "", default);

    /// <summary>Reads the key's value.</summary>
    public void Read(Reading reading, SectionValues values)
    {
        if (reading.IsNothing && HasFallback)
        {
            reading.Report(FindingRules.NoValue, "the key has no value", "Write a value, or remove the key.");
        }
        else
        {
            ReadValue(reading, values);
        }
    }

    /// <summary>The key is not there.</summary>
    public void ReadAbsent(Reading section, SectionValues values)
    {
        if (absence == SettingAbsence.MeansEmptySection)
        {
            ReadValue(section.At(new ConfigurationNode.Mapping(section.Node.Place, []), name), values);
        }
        else if (absence == SettingAbsence.IsFault)
        {
            section.Report(
                FindingRules.KeyMissing, $"the key '{name}' is missing", $"Add {name}: {kind.Example}");
            values.Fail(this);
        }
    }

    protected abstract void ReadValue(Reading reading, SectionValues values);

    /// <summary>The default as it would be written.</summary>
    protected abstract string WriteDefault();

    protected void RequireDefault() => Invariant.Require(absence == SettingAbsence.MeansDefault);
}
