using System.Globalization;
using Farspan.Kernel;

namespace Farspan.Ice;

/// <summary>
/// A candidate of ours and the base it is sent from (RFC 8445 §4, "base"): a socket for host and
/// server-reflexive candidates, a TURN allocation for relayed ones.
/// </summary>
/// <param name="BaseId">The owner's number for the socket or allocation.</param>
/// <param name="Candidate">What is put into our description.</param>
public sealed record IceLocalCandidate(int BaseId, IceCandidate Candidate)
{
    /// <summary>The preference of a host's only, or best, address (RFC 8445 §5.1.2.1).</summary>
    public const ushort BestPreference = ushort.MaxValue;

    /// <summary>A socket's own address.</summary>
    public static IceLocalCandidate Host(
        int baseId,
        TransportAddress address,
        ushort preference = BestPreference) =>
        Create(baseId, IceCandidateKind.Host, address, address, preference);

    /// <summary>A socket's address as a STUN or TURN server sees it; shares the socket's base id.</summary>
    public static IceLocalCandidate ServerReflexive(
        int baseId,
        TransportAddress mapped,
        TransportAddress socketAddress,
        ushort preference = BestPreference) =>
        Create(baseId, IceCandidateKind.ServerReflexive, mapped, socketAddress, preference);

    /// <summary>An address that a TURN server relays for us; has a base id of its own.</summary>
    /// <param name="baseId">The owner's number for the allocation.</param>
    /// <param name="relayed">The address at the server.</param>
    /// <param name="mapped">Our address as the server sees it, to be named as the related one.</param>
    /// <param name="preference">Higher is better.</param>
    public static IceLocalCandidate Relayed(
        int baseId,
        TransportAddress relayed,
        TransportAddress mapped,
        ushort preference = BestPreference) =>
        Create(baseId, IceCandidateKind.Relayed, relayed, mapped, preference);

    private static IceLocalCandidate Create(
        int baseId,
        IceCandidateKind kind,
        TransportAddress address,
        TransportAddress related,
        ushort preference)
    {
        Invariant.Require(!address.IsNone);
        var origin = kind == IceCandidateKind.Relayed ? address : related;
        var priority = IcePriority.OfCandidate(kind, preference);
        var shownRelated = kind == IceCandidateKind.Host ? default : related;
        return new IceLocalCandidate(
            baseId,
            new IceCandidate(kind, address, priority, FoundationOf(kind, origin), shownRelated));
    }

    /// <summary>The same for the same type and base address (RFC 8445 §5.1.1.3).</summary>
    private static string FoundationOf(IceCandidateKind kind, TransportAddress origin)
    {
        Span<byte> key = stackalloc byte[1 + TransportAddress.IPv6Bytes];
        key[0] = (byte)kind;
        var hash = StableHash.Of(key[..(1 + origin.WriteAddress(key[1..]))]);
        return ((uint)hash).ToString(CultureInfo.InvariantCulture);
    }
}
