using System.Runtime.InteropServices;

namespace Farspan.Native;

/// <summary>struct timespec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinuxTimeSpec
{
    public long Seconds;
    public long Nanoseconds;
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LinuxVector
{
    public byte* Start;
    public nuint Bytes;
}

/// <summary>struct mmsghdr, with the struct msghdr inside it laid out flat.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LinuxMessage
{
    public byte* Address;
    public uint AddressBytes;
    public LinuxVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlBytes;
    public int Flags;
    private readonly int _headerPadding;

    /// <summary>Bytes received or sent.</summary>
    public uint Bytes;
}
