using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// What a call of an edge has beside its legs: the epochs of both halves, the tokens, and the watch over the other half
/// (decision 0015). Owned by one <see cref="Call"/>.
/// </summary>
public sealed class CallAnchor
{
    public CallAnchor(ConnectorAnchor node, EdgeInvite invite, Epoch own, ResumeToken? resumed)
    {
        Node = node;
        Contact = new LegFence(own);
        Caller = new EpochWatch(invite.Caller);
        CallerToken = invite.CallerToken;
        CarrierTrunk = invite.Trunk;
        Resumed = resumed;
        Tokens = new TokenCourier(node.Timings);
        Adoption = new AdoptionPlan(node.Timings);
    }

    public ConnectorAnchor Node { get; }

    /// <summary>Our half.</summary>
    public LegFence Contact { get; private set; }

    /// <summary>The edge's half.</summary>
    public EpochWatch Caller { get; }

    /// <summary>The edge that holds the caller.</summary>
    public string EdgeNode => Caller.Highest.Node;

    public CallEpochs Epochs => new(Caller.Highest, Contact.Highest);

    /// <summary>What another edge needs for an adoption; null as long as the edge has sent none.</summary>
    public SealedToken? CallerToken { get; private set; }

    public string CarrierTrunk { get; }

    /// <summary>The contact that this call goes on with; null if it has one of its own.</summary>
    public ResumeToken? Resumed { get; }

    /// <summary>Whether media of the edge was heard lately.</summary>
    public bool IsMediaFlowing { get; set; }

    internal TokenCourier Tokens { get; }

    internal AdoptionPlan Adoption { get; }

    /// <summary>When the edge must have its first token; null once it has.</summary>
    internal Instant? FirstTokenLimit { get; set; }

    /// <summary>The digits that the token on its way speaks of.</summary>
    internal int AnnouncedDigits { get; set; }

    /// <summary>The connection to the participant that the token speaks of.</summary>
    internal string AnnouncedConnection { get; set; } = "";

    internal Instant? Deadline => Instant.Earlier(
        FirstTokenLimit, Instant.Earlier(Tokens.Deadline, Adoption.Deadline));

    /// <summary>We take our half anew: the edge has counted up without anybody else.</summary>
    public void Retake(Epoch own)
    {
        Invariant.Require(own > Contact.Highest);
        Contact = new LegFence(own);
    }

    /// <summary>Keeps the newer one.</summary>
    public void TakeCallerToken(SealedToken token)
    {
        if (CallerToken is null || token.Header.Supersedes(CallerToken.Header))
        {
            CallerToken = token;
        }
    }
}
