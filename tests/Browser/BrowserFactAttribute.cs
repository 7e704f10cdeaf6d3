using Farspan.Interop.Tests;

namespace Farspan.Browser.Tests;

/// <summary>A fact judged by Chromium; skipped, and seen to be, where it or the page's builder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Programs.Absence(AgentPageFiles.Needs);
}
