using System.Runtime.InteropServices;

namespace Farspan.Native;

/// <summary>Owns an SSL and the two BIOs given to it.</summary>
internal sealed class SslHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSslNative.Free(handle);
        return true;
    }
}
