using Farspan.Cluster;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>A caller of another edge that a connector asks us to adopt (decision 0015).</summary>
/// <param name="Token">What rebuilds the carrier's dialog.</param>
/// <param name="Request">The connector's INVITE.</param>
/// <param name="Epochs">The caller's is the one that is to be ours.</param>
public sealed record Adoption(CallerToken Token, SipServerTransaction Request, CallEpochs Epochs)
{
    /// <summary>CSeq numbers that the other edge may have used since the token was sealed.</summary>
    public const uint SequenceStep = 1_000;

    /// <summary>Versions of the description that it may have used.</summary>
    public const int VersionStep = 16;
}
