using System.Collections.Immutable;
using Farspan.Cluster;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// What makes a connector the contact anchor of calls whose caller anchor is an edge: its name, the keys of resume
/// tokens, and the edges that could adopt a caller (decision 0015). A connector without it serves carriers only.
/// </summary>
public sealed class ConnectorAnchor(string node, TokenSealer sealer, TokenOpener opener)
{
    /// <summary>The name in our epochs; see <see cref="ClusterName"/>.</summary>
    public string Node => node;

    public TokenSealer Sealer => sealer;

    public TokenOpener Opener => opener;

    public AnchorTimings Timings { get; init; } = new();

    public LivenessTimings Liveness { get; init; } = new();

    /// <summary>Whom to ask for an adoption, the best first; exchanged when the membership changes.</summary>
    public ImmutableArray<EdgeTarget> Edges { get; set; } = [];
}

/// <summary>An edge that can be asked to adopt a caller.</summary>
/// <param name="Node">The name in its epochs.</param>
/// <param name="Flow">How it is reached.</param>
public sealed record EdgeTarget(string Node, SipFlow Flow);
