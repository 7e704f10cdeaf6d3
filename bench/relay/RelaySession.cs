using Farspan.Kernel;
using Farspan.Runtime;

namespace Farspan.Bench;

/// <summary>A pair of sockets: what comes in on one goes out of the other.</summary>
internal sealed class RelaySession(TransportAddress sink, RelayMeter meter) : IMediaSession
{
    public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
    {
        output.Send(1 - datagram.SocketTag, sink, datagram.Bytes);
        meter.Packets++;
    }

    public void Tick(Instant due, Instant now, MediaOutput output)
    {
    }

    /// <summary>Any message asks for a reading: here we are on the worker's own thread.</summary>
    public void Handle(object message, Instant now, MediaOutput output) => meter.Answer();
}
