using Microsoft.Win32.SafeHandles;

namespace Farspan.Native;

/// <summary>Owns an OpusDecoder of libopus.</summary>
internal sealed class OpusDecoderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpusLibrary.DestroyDecoder(handle);
        return true;
    }
}
