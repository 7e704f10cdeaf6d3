using Farspan.Interop.Tests;

namespace Farspan.Simulation.Tests;

/// <summary>
/// A fact judged by BIRD in network namespaces; skipped, and seen to be, where that is not possible.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespaceFactAttribute : FactAttribute
{
    public NamespaceFactAttribute() =>
        Skip = Programs.Absence(["bird", "ip", "nft"])
            ?? (Environment.IsPrivilegedProcess ? null : "NOT RUN: network namespaces need root.");
}
