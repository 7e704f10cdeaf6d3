namespace Farspan.Ice;

/// <summary>The two formulas that order candidates and pairs (RFC 8445 §5.1.2.1, §6.1.2.3).</summary>
public static class IcePriority
{
    /// <summary>RTP and RTCP share one component (RFC 8445 §13, rtcp-mux).</summary>
    public const int ComponentId = 1;

    /// <summary>
    /// Of a candidate: 2^24 * type preference + 2^8 * local preference + (256 - component).
    /// </summary>
    public static uint OfCandidate(IceCandidateKind kind, ushort localPreference) =>
        (TypePreference(kind) << 24) | ((uint)localPreference << 8) | (256 - ComponentId);

    /// <summary>
    /// Of a pair, where G is the controlling and D the controlled side's:
    /// 2^32 * min(G,D) + 2 * max(G,D) + (G &gt; D ? 1 : 0).
    /// </summary>
    public static ulong OfPair(uint controlling, uint controlled) =>
        ((ulong)Math.Min(controlling, controlled) << 32)
        + (2UL * Math.Max(controlling, controlled))
        + (controlling > controlled ? 1UL : 0UL);

    /// <summary>The priority that a candidate would have if a check found it to be peer-reflexive.</summary>
    internal static uint AsPeerReflexive(uint priority) =>
        (priority & 0x00FFFFFF) | (TypePreference(IceCandidateKind.PeerReflexive) << 24);

    private static uint TypePreference(IceCandidateKind kind) => kind switch
    {
        IceCandidateKind.Host => 126,
        IceCandidateKind.PeerReflexive => 110,
        IceCandidateKind.ServerReflexive => 100,
        _ => 0,
    };
}
