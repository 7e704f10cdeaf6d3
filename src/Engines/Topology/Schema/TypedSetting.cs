using Farspan.Kernel;

namespace Farspan.Topology;

/// <summary>A key whose value has this type. Each type costs code of its own, so the rest is in the base.</summary>
internal sealed class Setting<T>(
    string name, ValueKind<T> kind, string summary, SettingAbsence absence, string absenceText, T? value)
    : Setting(name, kind, summary, absence, absenceText)
{
    /// <summary>The value that holds without the key; a defect of the schema if there is none.</summary>
    public T GetDefault()
    {
        RequireDefault();
        return value!;
    }

    protected override string WriteDefault() => kind.Write(value!);

    protected override void ReadValue(Reading reading, SectionValues values)
    {
        if (kind.TryRead(reading, out var read))
        {
            values.Set(this, read, reading.Node.Place);
        }
        else
        {
            values.Fail(this);
        }
    }
}
