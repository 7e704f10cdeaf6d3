using System.Runtime.InteropServices;

namespace Farspan.Bench;

/// <summary>
/// How much of the C library's heap is in use: shows a leak to the byte, where resident memory only
/// hints.
/// </summary>
internal static partial class NativeHeap
{
    public static long UsedBytes
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var statistics = MallInfo();
            return (long)(statistics.UsedBytes + statistics.MappedBytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallocStatistics MallInfo();

    /// <summary>struct mallinfo2 of malloc.h; the main arena only, which is the one of this thread.</summary>
    private readonly record struct MallocStatistics(
        nuint ArenaBytes,
        nuint FreeChunks,
        nuint FastChunks,
        nuint Mappings,
        nuint MappedBytes,
        nuint MaxBytes,
        nuint FastFreeBytes,
        nuint UsedBytes,
        nuint FreeBytes,
        nuint TopBytes);
}
