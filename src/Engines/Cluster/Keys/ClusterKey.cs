using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// One generation of a key of the cluster: 256 bits from which sealing keys are derived (RFC 5869 §3.3),
/// drawn by the authority, never derived from anything itself.
/// </summary>
/// <param name="Generation">Counts from 1; travels in the clear with what was sealed.</param>
/// <param name="Secret">32 bytes.</param>
/// <param name="NotBefore">From then on it seals, until a higher generation does.</param>
/// <param name="NotAfter">Until then it opens; null while no other one replaces it.</param>
public sealed record ClusterKey(
    int Generation, Redacted<byte[]> Secret, DateTimeOffset NotBefore, DateTimeOffset? NotAfter)
{
    /// <summary>Of the secret.</summary>
    public const int SecretBytes = 32;
}
