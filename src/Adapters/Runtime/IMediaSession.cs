using Farspan.Kernel;

namespace Farspan.Runtime;

/// <summary>
/// The media of one call, as its worker drives it. Every method runs on the worker's thread, one at a time,
/// and must neither block nor allocate; an exception ends this session and no other.
/// </summary>
public interface IMediaSession
{
    /// <summary>
    /// A datagram arrived. Its bytes may be changed in place and are valid only during the call.
    /// </summary>
    void Receive(MediaDatagram datagram, Instant now, MediaOutput output);

    /// <summary>
    /// The session's turn, once every <see cref="MediaWorkerOptions.TickInterval"/> on a schedule that does
    /// not drift.
    /// </summary>
    /// <param name="due">The moment that was scheduled: exact multiples of the interval apart. Ticks that a
    /// stall made older than <see cref="MediaWorkerOptions.MaxCatchUpTicks"/> are skipped, so it may
    /// jump.</param>
    /// <param name="now">The moment it is.</param>
    /// <param name="output">Where to send.</param>
    void Tick(Instant due, Instant now, MediaOutput output);

    /// <summary>A message that the control plane posted to this session.</summary>
    void Handle(object message, Instant now, MediaOutput output);
}
