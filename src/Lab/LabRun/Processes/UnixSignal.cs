using System.Runtime.InteropServices;

namespace Farspan.LabRun;

/// <summary>Asks a process of ours to end, which <see cref="System.Diagnostics.Process"/> cannot.</summary>
internal static partial class UnixSignal
{
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM; nothing happens if the process is gone.</summary>
    public static void SendTerminate(int processId) => _ = Kill(processId, Terminate);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
