using System.Runtime.InteropServices;

namespace Farspan.Native;

/// <summary>Owns an SSL_CTX; sessions made from it hold their own reference.</summary>
internal sealed class SslContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSslNative.ContextFree(handle);
        return true;
    }
}
