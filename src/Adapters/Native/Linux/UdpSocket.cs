using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>
/// A non-blocking UDP socket of Linux, bound to one address. Datagrams go through
/// <see cref="UdpReceiveBatch"/> and <see cref="UdpSendBatch"/>; the thread that uses it is the one that
/// closes it.
/// </summary>
public sealed unsafe class UdpSocket : IDisposable
{
    private const int DatagramType = 2;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int SocketLevel = 1;
    private const int SendBufferOption = 7;
    private const int ReceiveBufferOption = 8;
    private const int IPv4Level = 0;
    private const int TypeOfServiceOption = 1;
    private const int IPv6Level = 41;
    private const int TrafficClassOption = 67;

    private int _descriptor;

    private UdpSocket(int descriptor, ushort family)
    {
        _descriptor = descriptor;
        Family = family;
    }

    ~UdpSocket() => Close();

    /// <summary>Where it is bound, with the port that the system chose if none was asked for.</summary>
    public TransportAddress LocalAddress { get; private set; }

    internal int Descriptor => _descriptor;

    /// <summary>How the next datagrams are best received.</summary>
    internal UdpReceivePace Pace { get; } = new();

    internal ushort Family { get; }

    /// <summary>Opens and binds a socket; false with the reason if the system refuses.</summary>
    public static bool TryOpen(
        TransportAddress local,
        UdpSocketSettings settings,
        [NotNullWhen(true)] out UdpSocket? socket,
        out LinuxError error)
    {
        Invariant.Require(!local.IsNone);
        var family = local.IsIPv4 ? LinuxSocketAddress.IPv4Family : LinuxSocketAddress.IPv6Family;
        socket = null;
        var descriptor = LinuxLibrary.Socket(family, DatagramType | NonBlocking | CloseOnExec, 0);
        if (descriptor < 0)
        {
            error = LastError();
            return false;
        }

        var opened = new UdpSocket(descriptor, family);
        if (!opened.TryBind(local) || !opened.TryReadLocalAddress())
        {
            error = LastError();
            opened.Dispose();
            return false;
        }

        opened.Apply(settings);
        socket = opened;
        error = LinuxError.None;
        return true;
    }

    /// <summary>What the kernel granted; it counts its own bookkeeping in.</summary>
    public int ReceiveBufferBytes => GetOption(SocketLevel, ReceiveBufferOption);

    /// <summary>The code point that packets are marked with.</summary>
    public int CodePoint => (Family == LinuxSocketAddress.IPv4Family
        ? GetOption(IPv4Level, TypeOfServiceOption)
        : GetOption(IPv6Level, TrafficClassOption)) >> 2;

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    internal static LinuxError LastError() => (LinuxError)Marshal.GetLastPInvokeError();

    private void Close()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
        {
            LinuxLibrary.Close(descriptor);
        }
    }

    private bool TryBind(in TransportAddress local)
    {
        Span<byte> address = stackalloc byte[LinuxSocketAddress.MaxBytes];
        var bytes = LinuxSocketAddress.Write(local, Family, address);
        fixed (byte* start = address)
        {
            return LinuxLibrary.Bind(_descriptor, start, (uint)bytes) == 0;
        }
    }

    private bool TryReadLocalAddress()
    {
        Span<byte> address = stackalloc byte[LinuxSocketAddress.MaxBytes];
        var bytes = (uint)address.Length;
        fixed (byte* start = address)
        {
            if (LinuxLibrary.GetSocketName(_descriptor, start, ref bytes) != 0)
            {
                return false;
            }
        }

        LocalAddress = LinuxSocketAddress.Read(address);
        return true;
    }

    // Buffers and marking are wishes: a system that grants less still carries calls.
    private void Apply(UdpSocketSettings settings)
    {
        SetOption(SocketLevel, ReceiveBufferOption, settings.ReceiveBufferBytes);
        SetOption(SocketLevel, SendBufferOption, settings.SendBufferBytes);
        SetOption(IPv4Level, TypeOfServiceOption, settings.CodePoint << 2);
        if (Family == LinuxSocketAddress.IPv6Family)
        {
            SetOption(IPv6Level, TrafficClassOption, settings.CodePoint << 2);
        }
    }

    private void SetOption(int level, int option, int value) =>
        _ = LinuxLibrary.SetSocketOption(_descriptor, level, option, value, sizeof(int));

    private int GetOption(int level, int option)
    {
        uint bytes = sizeof(int);
        var error = LinuxLibrary.GetSocketOption(_descriptor, level, option, out var value, ref bytes);
        return error == 0 ? value : -1;
    }
}
