namespace Farspan.Srtp;

/// <summary>
/// The compression function of SHA-1 (FIPS 180-4 §6.1.2). A seam, because the SHA instructions of x86 are
/// out of reach of .NET but not of libcrypto: 3 times as fast as <see cref="ManagedSha1"/>.
/// </summary>
public interface ISha1Compressor
{
    /// <summary>Takes whole blocks of <see cref="Sha1State.BlockBytes"/> into the state.</summary>
    void Compress(ref Sha1State state, ReadOnlySpan<byte> blocks);
}
