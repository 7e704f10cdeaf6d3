using Microsoft.Win32.SafeHandles;

namespace Farspan.Native;

/// <summary>Owns an OpusEncoder of libopus.</summary>
internal sealed class OpusEncoderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpusLibrary.DestroyEncoder(handle);
        return true;
    }
}
