namespace Farspan.Identity;

/// <summary>Lifetimes and limits of a cluster's identities.</summary>
public static class IdentityLimits
{
    /// <summary>Of a request or answer when joining; certificates and keys are far smaller.</summary>
    public const int MessageBytesMax = 64 * 1024;

    /// <summary>Wrong proofs for one invitation; then it is void.</summary>
    public const int WrongProofsMax = 5;

    /// <summary>Of the authority's certificate.</summary>
    public static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3_650);

    /// <summary>Of a node's certificate: how long a region may be cut off from the authority.</summary>
    public static readonly TimeSpan NodeLifetime = TimeSpan.FromDays(90);

    /// <summary>What is left of a node's certificate when it is renewed.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(60);

    /// <summary>Certificates begin so much in the past: clocks differ.</summary>
    public static readonly TimeSpan Backdating = TimeSpan.FromHours(1);

    /// <summary>How long a join code is good for unless the operator says otherwise.</summary>
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromMinutes(15);

    /// <summary>From a rotation until the new key seals: every node must have got it.</summary>
    public static readonly TimeSpan ActivationDelay = TimeSpan.FromMinutes(1);

    /// <summary>How long a replaced key still opens: longer than any call.</summary>
    public static readonly TimeSpan KeyOverlap = Cluster.ReplicaRows.TokenLifetime;
}
