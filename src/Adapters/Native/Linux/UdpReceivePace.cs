namespace Farspan.Native;

/// <summary>
/// Learns whether datagrams come to a socket one at a time, as those of a call do, or in bursts, as through a
/// TURN server: recvmmsg asks once more than there are datagrams, which one at a time is half for nothing.
/// </summary>
internal sealed class UdpReceivePace
{
    private const int SinglesBetweenProbes = 16;

    private int _singles;

    /// <summary>Whether to ask for a batch.</summary>
    public bool IsBursty { get; private set; } = true;

    /// <summary>A batch was asked for, and brought so many.</summary>
    public void CountBatch(int datagrams)
    {
        IsBursty = datagrams > 1;
        _singles = 0;
    }

    /// <summary>One datagram was asked for: now and then the next is asked for as a batch.</summary>
    public void CountSingle() => IsBursty = ++_singles == SinglesBetweenProbes;
}
