namespace Farspan.Interop.Tests;

/// <summary>A fact judged by programs of others; skipped, and seen to be, where one is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params string[] programs) => Skip = Programs.Absence(programs);
}
