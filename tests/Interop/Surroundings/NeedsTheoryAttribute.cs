namespace Farspan.Interop.Tests;

/// <summary>A theory judged by programs of others; skipped, and seen to be, where one is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params string[] programs) => Skip = Programs.Absence(programs);
}
