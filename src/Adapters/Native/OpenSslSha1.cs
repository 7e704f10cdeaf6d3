using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Farspan.Srtp;

namespace Farspan.Native;

/// <summary>
/// SHA-1 blocks by libcrypto, which uses the SHA instructions of the processor. The low-level functions
/// are deprecated since
/// OpenSSL 3.0 but the only ones that take up a half-done hash; where they are gone, <see
/// cref="TryCreate"/> says so.
/// </summary>
public sealed unsafe partial class OpenSslSha1 : ISha1Compressor
{
    private OpenSslSha1()
    {
    }

    /// <summary>
    /// Null where libcrypto lacks the function or gives another hash: use <see cref="ManagedSha1"/>
    /// then.
    /// </summary>
    public static OpenSslSha1? TryCreate()
    {
        if (!OpenSslLibrary.HasCryptoFunction("SHA1_Update"))
        {
            return null;
        }

        var sha1 = new OpenSslSha1();
        var (ours, theirs) = (Sha1State.Initial, Sha1State.Initial);
        Span<byte> blocks = stackalloc byte[2 * Sha1State.BlockBytes];
        blocks.Fill(0x5A);
        ManagedSha1.Shared.Compress(ref ours, blocks);
        sha1.Compress(ref theirs, blocks);
        return ours == theirs ? sha1 : null;
    }

    [SkipLocalsInit]
    public void Compress(ref Sha1State state, ReadOnlySpan<byte> blocks)
    {
        ShaContext context;
        context.State = state;
        context.BitCountLow = 0;
        context.BitCountHigh = 0;
        context.PendingBytes = 0;
        fixed (byte* data = blocks)
        {
            _ = Update(&context, data, (nuint)(blocks.Length & ~(Sha1State.BlockBytes - 1)));
        }

        state = context.State;
    }

    // A packet's worth of blocks takes a fraction of a microsecond: too short to let the collector in.
    [SuppressGCTransition]
    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "SHA1_Update")]
    private static partial int Update(ShaContext* context, byte* data, nuint length);

    /// <summary>SHA_CTX of openssl/sha.h, whose layout has been the same for thirty years.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ShaContext
    {
        public Sha1State State;
        public uint BitCountLow;
        public uint BitCountHigh;
        public fixed uint Pending[Sha1State.BlockBytes / sizeof(uint)];
        public uint PendingBytes;
    }
}
