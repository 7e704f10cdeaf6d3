using System.Numerics;
using System.Runtime.InteropServices;

namespace Farspan.Kernel;

/// <summary>A hash with a fixed meaning: equal on every machine, process and version (FNV-1a with a
/// finalizer).</summary>
/// <remarks>Not for adversarial input: tables that strangers can fill use the runtime's keyed string hash.</remarks>
public static class StableHash
{
    private const ulong OffsetBasis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = OffsetBasis;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return Finish(hash);
    }

    public static ulong Of(ReadOnlySpan<char> text) => Of(MemoryMarshal.AsBytes(text));

    private static ulong Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        return BitOperations.RotateLeft(hash, 27) ^ hash;
    }
}
