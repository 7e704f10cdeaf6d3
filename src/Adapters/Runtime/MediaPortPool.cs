using Farspan.Kernel;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>Why a <see cref="MediaPortPool"/> opened no port.</summary>
public enum MediaPortOutcome
{
    Opened,

    /// <summary>Every port of the range is in use, by us or by another process.</summary>
    Exhausted,

    /// <summary>The address cannot be bound at all, or the process has no descriptors left.</summary>
    Refused,
}

/// <summary>
/// The local ports for RTP with carriers: an even one for RTP and the next for RTCP (RFC 3550 §11). A port
/// returned is reused as late as possible, so that a late packet of the old call does not meet a new one. Any
/// thread.
/// </summary>
public sealed class MediaPortPool
{
    private readonly TransportAddress _address;
    private readonly UdpSocketSettings _settings;
    private readonly Lock _lock = new();
    private readonly Queue<ushort> _free;

    /// <param name="address">Where to bind; its port does not count.</param>
    /// <param name="firstPort">The lowest port, rounded up to an even one.</param>
    /// <param name="lastPort">The highest port that may be used.</param>
    /// <param name="settings">How the sockets are set up.</param>
    public MediaPortPool(
        TransportAddress address, ushort firstPort, ushort lastPort, UdpSocketSettings settings)
    {
        _address = address;
        _settings = settings;
        _free = new Queue<ushort>();
        for (var port = (firstPort + 1) & ~1; port + 1 <= lastPort; port += 2)
        {
            _free.Enqueue((ushort)port);
        }

        Capacity = _free.Count;
    }

    /// <summary>Pairs in the range.</summary>
    public int Capacity { get; }

    /// <summary>Pairs that are free, as far as we know.</summary>
    public int Available
    {
        get
        {
            lock (_lock)
            {
                return _free.Count;
            }
        }
    }

    /// <summary>Opens a pair of sockets; a port that another process holds is passed over.</summary>
    public MediaPortOutcome TryOpen(out UdpSocket? rtp, out UdpSocket? rtcp)
    {
        rtp = rtcp = null;
        for (var attempts = Available; attempts > 0 && TryTake(out var port); attempts--)
        {
            if (UdpSocket.TryOpen(_address.WithPort(port), _settings, out rtp, out var error)
                && UdpSocket.TryOpen(_address.WithPort((ushort)(port + 1)), _settings, out rtcp, out error))
            {
                return MediaPortOutcome.Opened;
            }

            rtp?.Dispose();
            rtp = null;
            Return(port);
            if (error is not (LinuxError.AddressInUse or LinuxError.AccessDenied))
            {
                return MediaPortOutcome.Refused;
            }
        }

        return MediaPortOutcome.Exhausted;
    }

    /// <summary>Gives back the RTP port of a pair whose sockets are closed.</summary>
    public void Return(ushort rtpPort)
    {
        Invariant.Require(rtpPort % 2 == 0);
        lock (_lock)
        {
            Invariant.Require(_free.Count < Capacity);
            _free.Enqueue(rtpPort);
        }
    }

    private bool TryTake(out ushort port)
    {
        lock (_lock)
        {
            return _free.TryDequeue(out port);
        }
    }
}
