using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>Wakes a thread that waits in <see cref="Epoll"/> (eventfd). Any thread may signal.</summary>
/// <remarks>It is closed when nobody can reach it any more: a thread that signals late must not write to a
/// number that has been given to another file.</remarks>
internal sealed unsafe class EventDescriptor
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    private int _isSignalled;

    public EventDescriptor()
    {
        Descriptor = LinuxLibrary.EventFd(0, NonBlocking | CloseOnExec);
        Invariant.Require(Descriptor >= 0);
    }

    ~EventDescriptor() => LinuxLibrary.Close(Descriptor);

    public int Descriptor { get; }

    /// <summary>Makes the descriptor readable; a system call only if it was not already.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _isSignalled, 1) == 0)
        {
            ulong one = 1;
            _ = LinuxLibrary.Write(Descriptor, &one, sizeof(ulong));
        }
    }

    /// <summary>Makes it unreadable. What was signalled before must be looked for after this.</summary>
    public void Reset()
    {
        ulong count;
        _ = LinuxLibrary.Read(Descriptor, &count, sizeof(ulong));
        Interlocked.Exchange(ref _isSignalled, 0);
    }
}
