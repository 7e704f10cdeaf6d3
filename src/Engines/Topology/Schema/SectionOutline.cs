using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A section without its type: what the reference tells about it.</summary>
/// <param name="Summary">What the section is about.</param>
/// <param name="Settings">Its keys, the most important first.</param>
/// <param name="Shorthand">The key that a single value in place of the section sets; null if there is
/// none.</param>
internal sealed record SectionOutline(string Summary, ImmutableArray<Setting> Settings, Setting? Shorthand);
