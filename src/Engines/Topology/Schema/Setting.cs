namespace Farspan.Topology;

/// <summary>
/// One key of a section: everything there is to know about it, in one place. Drives the reading of files, the
/// findings and the reference.
/// </summary>
internal abstract class Setting(string name, string summary)
{
    public string Name => name;

    /// <summary>A sentence for the reference.</summary>
    public string Summary => summary;

    public abstract ValueKind Kind { get; }

    public abstract bool IsRequired { get; }

    /// <summary>What holds without the key, as it would be written or in words.</summary>
    public abstract string DefaultText { get; }

    /// <summary>The key must be there.</summary>
    public static Setting<T> Required<T>(string name, ValueKind<T> kind, string summary) =>
        new(name, kind, summary, SettingAbsence.IsFault);

    /// <summary>Without the key, <paramref name="value"/> holds.</summary>
    public static Setting<T> Defaulting<T>(string name, ValueKind<T> kind, T value, string summary) =>
        new(name, kind, summary, SettingAbsence.MeansDefault) { Default = value };

    /// <summary>Without the key there is no value; <paramref name="absence"/> says what that means.</summary>
    public static Setting<T> Optional<T>(string name, ValueKind<T> kind, string absence, string summary) =>
        new(name, kind, summary, SettingAbsence.MeansNothing) { AbsenceText = absence };

    /// <summary>
    /// A section that is always there: without the key, each of its own keys has its default.
    /// </summary>
    public static Setting<T> Nested<T>(string name, Section<T> section) =>
        new(name, section, section.Outline.Summary, SettingAbsence.MeansEmptySection);

    /// <summary>Reads the key's value.</summary>
    public abstract void Read(Reading reading, SectionValues values);

    /// <summary>The key is not there.</summary>
    public abstract void ReadAbsent(Reading section, SectionValues values);
}
