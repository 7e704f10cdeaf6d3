using Farspan.Interop.Tests;

namespace Farspan.Browser.Tests;

/// <summary>A fact judged by Chromium; skipped, and seen to be, where something is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    /// <param name="programs">What the fact needs besides.</param>
    public BrowserFactAttribute(params string[] programs) =>
        Skip = Programs.Absence([.. AgentPageFiles.Needs, .. programs]);
}
