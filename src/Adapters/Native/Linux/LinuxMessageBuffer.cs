using System.Runtime.InteropServices;
using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>
/// Native memory for a batch of datagrams, laid out as recvmmsg and sendmmsg want it: nothing to pin, nothing
/// to allocate later.
/// </summary>
internal sealed unsafe class LinuxMessageBuffer : IDisposable
{
    /// <summary>Room for one datagram: more than an Ethernet path carries in one piece.</summary>
    public const int DatagramBytes = 2_048;

    private readonly LinuxVector* _vectors;
    private readonly byte* _addresses;
    private readonly byte* _datagrams;

    public LinuxMessageBuffer(int capacity)
    {
        Invariant.Require(capacity is > 0 and <= 1_024);
        Capacity = capacity;
        Messages = (LinuxMessage*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(LinuxMessage));
        _vectors = (LinuxVector*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(LinuxVector));
        _addresses = (byte*)NativeMemory.AllocZeroed((nuint)capacity, LinuxSocketAddress.MaxBytes);
        _datagrams = (byte*)NativeMemory.AllocZeroed((nuint)capacity, DatagramBytes);
        for (var i = 0; i < capacity; i++)
        {
            _vectors[i].Start = _datagrams + (i * DatagramBytes);
            Messages[i].Address = _addresses + (i * LinuxSocketAddress.MaxBytes);
            Messages[i].Vectors = &_vectors[i];
            Messages[i].VectorCount = 1;
        }
    }

    ~LinuxMessageBuffer() => Free();

    public int Capacity { get; }

    public LinuxMessage* Messages { get; private set; }

    /// <summary>The whole room of a datagram.</summary>
    public Span<byte> Datagram(int index) => new(_datagrams + (index * DatagramBytes), DatagramBytes);

    public Span<byte> Address(int index) =>
        new(_addresses + (index * LinuxSocketAddress.MaxBytes), LinuxSocketAddress.MaxBytes);

    /// <summary>How much of a datagram's room takes part.</summary>
    public void SetLength(int index, int bytes) => _vectors[index].Bytes = (nuint)bytes;

    /// <summary>The part of a datagram's room that takes part, as system calls want it.</summary>
    public ref readonly LinuxVector Vector(int index) => ref _vectors[index];

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Messages is not null)
        {
            NativeMemory.Free(Messages);
            NativeMemory.Free(_vectors);
            NativeMemory.Free(_addresses);
            NativeMemory.Free(_datagrams);
            Messages = null;
        }
    }
}
