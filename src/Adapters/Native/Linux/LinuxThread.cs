namespace Farspan.Native;

/// <summary>What Linux can do with the calling thread.</summary>
internal static unsafe class LinuxThread
{
    private const int MaskBytes = 128;

    /// <summary>Keeps the calling thread on one processor; false if the system refuses.</summary>
    public static bool TryPin(int processor)
    {
        if (processor is < 0 or >= 8 * MaskBytes)
        {
            return false;
        }

        Span<byte> mask = stackalloc byte[MaskBytes];
        mask.Clear();
        mask[processor / 8] = (byte)(1 << (processor % 8));
        fixed (byte* start = mask)
        {
            return LinuxLibrary.SetAffinity(thread: 0, MaskBytes, start) == 0;
        }
    }
}
