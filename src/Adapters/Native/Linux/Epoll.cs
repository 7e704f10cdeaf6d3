using System.Runtime.InteropServices;
using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>
/// Waits for many descriptors at once (epoll, level-triggered), to the microsecond. One owner; allocates
/// nothing.
/// </summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int AddOperation = 1;
    private const int RemoveOperation = 2;
    private const uint Readable = 1;
    private const long NanosecondsPerTick = 100;

    // struct epoll_event is packed on x86-64 alone, for the sake of old 32-bit programs.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int EventBytes = IsPacked ? 12 : 16;
    private static readonly int TokenOffset = IsPacked ? 4 : 8;

    private readonly int _capacity;
    private readonly int _descriptor;
    private byte* _events;

    public Epoll(int capacity)
    {
        _capacity = capacity;
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(capacity * EventBytes));
        _descriptor = LinuxLibrary.EpollCreate(CloseOnExec);
        Invariant.Require(_descriptor >= 0);
    }

    /// <summary>Reports the descriptor by the token whenever it is readable.</summary>
    public bool TryAdd(int descriptor, ulong token)
    {
        Span<byte> settings = stackalloc byte[16];
        settings.Clear();
        BitConverter.TryWriteBytes(settings, Readable);
        BitConverter.TryWriteBytes(settings[TokenOffset..], token);
        fixed (byte* start = settings)
        {
            return LinuxLibrary.EpollControl(_descriptor, AddOperation, descriptor, start) == 0;
        }
    }

    public void Remove(int descriptor) =>
        _ = LinuxLibrary.EpollControl(_descriptor, RemoveOperation, descriptor, settings: null);

    /// <summary>
    /// Waits at most so long and returns how many descriptors are readable; 0 if a signal came.
    /// </summary>
    public int Wait(TimeSpan timeout)
    {
        var ticks = Math.Max(timeout.Ticks, 0);
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        var limit = new LinuxTimeSpec { Seconds = seconds, Nanoseconds = rest * NanosecondsPerTick };
        return Math.Max(LinuxLibrary.EpollWait(_descriptor, _events, _capacity, &limit, signalMask: null), 0);
    }

    public ulong Token(int index) => *(ulong*)(_events + (index * EventBytes) + TokenOffset);

    public void Dispose()
    {
        if (_events is not null)
        {
            LinuxLibrary.Close(_descriptor);
            NativeMemory.Free(_events);
            _events = null;
        }
    }
}
