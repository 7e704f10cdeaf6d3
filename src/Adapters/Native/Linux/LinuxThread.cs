namespace Farspan.Native;

/// <summary>What Linux can do with the calling thread.</summary>
public static unsafe class LinuxThread
{
    private const int MaskBytes = 128;
    private const int PriorityOfThread = 0;
    private const int NiceOfPromptThreads = -10;

    /// <summary>
    /// Lets the calling thread run before those that can wait: compilation, logs, HTTP. Needs CAP_SYS_NICE or
    /// a limit that allows it (<c>LimitNICE</c> of systemd); false if the system refuses.
    /// </summary>
    public static bool TryGoFirst() => LinuxLibrary.SetPriority(PriorityOfThread, 0, NiceOfPromptThreads) == 0;

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
