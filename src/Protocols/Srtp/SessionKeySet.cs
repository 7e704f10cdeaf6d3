using System.Runtime.Intrinsics;

namespace Farspan.Srtp;

/// <summary>The session keys for RTP or for RTCP in one direction (RFC 3711 §4.3).</summary>
internal sealed record SessionKeySet(byte[] Encryption, byte[] Authentication, byte[] Salt)
{
    /// <summary>The salt, followed by zeros up to a cipher block.</summary>
    public Vector128<byte> SaltBlock
    {
        get
        {
            Span<byte> block = stackalloc byte[Vector128<byte>.Count];
            block.Clear();
            Salt.CopyTo(block);
            return Vector128.Create<byte>(block);
        }
    }
}
