using Farspan.Kernel;

namespace Farspan.Topology;

/// <summary>A key whose value has this type.</summary>
internal sealed class Setting<T>(string name, ValueKind<T> kind, string summary, SettingAbsence absence)
    : Setting(name, summary)
{
    public T? Default { get; init; }

    public string AbsenceText { get; init; } = "";

    public override ValueKind Kind => kind;

    public override bool IsRequired => absence == SettingAbsence.IsFault;

    /// <summary>Whether a model can be made without a value of the key.</summary>
    public bool HasFallback => absence is SettingAbsence.MeansDefault or SettingAbsence.MeansNothing;

    public override string DefaultText => absence switch
    {
        SettingAbsence.IsFault => "required",
        SettingAbsence.MeansDefault => $"`{kind.Write(Default!)}`",
        SettingAbsence.MeansNothing => AbsenceText,
        SettingAbsence.MeansEmptySection => "see below",
        _ => throw Invariant.Unreachable(absence),
    };

    public override void Read(Reading reading, SectionValues values)
    {
        if (reading.IsNothing && HasFallback)
        {
            reading.Report(FindingRules.NoValue, "the key has no value", "Write a value, or remove the key.");
        }
        else if (kind.TryRead(reading, out var value))
        {
            values.Set(this, value, reading.Node.Place);
        }
        else
        {
            values.Fail(this);
        }
    }

    public override void ReadAbsent(Reading section, SectionValues values)
    {
        if (absence == SettingAbsence.MeansEmptySection)
        {
            Read(section.At(new ConfigurationNode.Mapping(section.Node.Place, []), Name), values);
        }
        else if (absence == SettingAbsence.IsFault)
        {
            section.Report(
                FindingRules.KeyMissing, $"the key '{Name}' is missing", $"Add {Name}: {kind.Example}");
            values.Fail(this);
        }
    }

    /// <summary>The value that holds without the key; a defect of the schema if there is none.</summary>
    public T GetDefault()
    {
        Invariant.Require(absence == SettingAbsence.MeansDefault);
        return Default!;
    }
}
