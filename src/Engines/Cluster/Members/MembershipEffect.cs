namespace Farspan.Cluster;

/// <summary>What has changed among the nodes.</summary>
public abstract record MembershipEffect
{
    private MembershipEffect()
    {
    }

    /// <summary>A node is here that was not, or it has started anew.</summary>
    public sealed record Joined(NodeRegistration Registration) : MembershipEffect;

    /// <summary>A node says something else of itself.</summary>
    public sealed record Changed(NodeRegistration Registration) : MembershipEffect;

    /// <summary>
    /// A node has said nothing for longer than <see cref="MembershipTimings.AbsentAfter"/>.
    /// </summary>
    public sealed record Absent(NodeRegistration Registration) : MembershipEffect;

    /// <summary>A node has been absent for so long that it is not listed any more.</summary>
    public sealed record Forgotten(string Node) : MembershipEffect;
}
