using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Edges;

/// <summary>
/// What makes an edge's calls adoptable, and lets it adopt: the keys of caller tokens, known to edges only
/// (decision 0015). An edge without it takes calls all the same.
/// </summary>
/// <param name="Sealer">Ours.</param>
/// <param name="Opener">For tokens of any edge.</param>
/// <param name="ClockOrigin">The wall-clock time of <see cref="Instant.Zero"/>.</param>
public sealed record EdgeAnchor(TokenSealer Sealer, TokenOpener Opener, DateTimeOffset ClockOrigin)
{
    public DateTimeOffset WallAt(Instant now) => ClockOrigin + (now - Instant.Zero);
}
