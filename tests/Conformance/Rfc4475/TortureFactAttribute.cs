namespace Farspan.Rfc4475.Tests;

/// <summary>A fact about the torture messages; skipped, and seen to be, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TortureFactAttribute : FactAttribute
{
    public TortureFactAttribute() => Skip = TortureMessages.Exist ? null : TortureMessages.Absence;
}
