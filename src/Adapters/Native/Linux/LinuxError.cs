namespace Farspan.Native;

/// <summary>The error numbers of Linux that the media plane tells apart (asm-generic/errno.h).</summary>
public enum LinuxError
{
    None = 0,
    Interrupted = 4,
    TryAgain = 11,
    AccessDenied = 13,
    InvalidArgument = 22,
    TooManyFiles = 24,
    MessageTooLong = 90,
    AddressInUse = 98,
    AddressNotAvailable = 99,
    NetworkUnreachable = 101,
    NoBuffers = 105,
    ConnectionRefused = 111,
    HostUnreachable = 113,
}
