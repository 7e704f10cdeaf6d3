using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>
/// One DTLS association with one peer (RFC 6347, RFC 5764): datagrams in, datagrams out, and SRTP keys
/// at the end.
/// A seam, because a simulated world replaces the real one.
/// </summary>
/// <remarks>
/// After every call, take what there is to send with <see cref="TryTakeDatagram"/> and look at
/// <see cref="State"/> and <see cref="Deadline"/> again. Nothing a peer sends throws. Not thread-safe.
/// </remarks>
public interface IDtlsSession : IDisposable
{
    DtlsState State { get; }

    /// <summary>
    /// When to call <see cref="Expire"/>; null while nothing is to be repeated or given up.
    /// </summary>
    Instant? Deadline { get; }

    /// <summary>Set once <see cref="State"/> is Connected.</summary>
    DtlsSrtpKeys? Keys { get; }

    /// <summary>Set once <see cref="State"/> is Failed.</summary>
    DtlsFailureReason? FailureReason { get; }

    /// <summary>
    /// What the library says about a failure, for the log; null if there is nothing to say.
    /// </summary>
    string? FailureDetail { get; }

    /// <summary>Begins the handshake: a client speaks, a server listens. Call once.</summary>
    void Start(Instant now);

    /// <summary>
    /// Takes a datagram from the peer (first byte 20..63, RFC 7983 §7); ignored in an end state.
    /// </summary>
    void Receive(ReadOnlySpan<byte> datagram, Instant now);

    /// <summary>Repeats the last flight or gives up, if it is time.</summary>
    void Expire(Instant now);

    /// <summary>Takes the next datagram to send.</summary>
    /// <param name="destination">At least <see cref="DtlsLimits.MaxDatagramBytes"/> long.</param>
    /// <param name="written">Its length; 0 if there is none.</param>
    bool TryTakeDatagram(Span<byte> destination, out int written);

    /// <summary>Says good-bye to a connected peer (close_notify) and ends.</summary>
    void Close();
}
