using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A contact flow or module.</summary>
/// <param name="Name">Of the flow.</param>
/// <param name="Kind">Such as <c>CONTACT_FLOW</c> or <c>MODULE</c>.</param>
/// <param name="File">The flow's JSON, relative to the configuration; null: a small one is made.</param>
/// <param name="Hash">
/// Of the normalised content, to compare regions; empty: not said, or the file is not read here.
/// </param>
/// <param name="References">ARNs that the content names.</param>
public sealed record ConnectFlow(
    string Name, string Kind, string? File, string Hash, ImmutableArray<string> References);
