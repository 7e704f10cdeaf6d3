namespace Farspan.Rfc4475.Tests;

/// <summary>A theory about the torture messages; skipped, and seen to be, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TortureTheoryAttribute : TheoryAttribute
{
    public TortureTheoryAttribute() => Skip = TortureMessages.Exist ? null : TortureMessages.Absence;
}
