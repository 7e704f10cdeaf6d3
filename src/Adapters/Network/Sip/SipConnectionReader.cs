using Farspan.Sip;

namespace Farspan.Network;

/// <summary>Cuts what a connection gives into messages and hands them on; answers keep-alives.</summary>
internal sealed class SipConnectionReader(SipFlow flow, bool isOutward, ISipReceiver receiver, Action pong)
{
    private const int ReadBytes = 16 * 1024;
    private const long Whole = 0;

    private readonly byte[] _buffer = new byte[ReadBytes];
    private readonly SipStreamFramer _framer =
        new(isOutward ? SipKeepAliveRole.SendsPings : SipKeepAliveRole.AnswersPings);

    private long _partialSinceMs = Whole;

    /// <summary>Where the connection reads to.</summary>
    public Memory<byte> Free => _buffer;

    /// <summary>Since when a message waits for its rest; null while none does. Read by another
    /// thread.</summary>
    public long? PartialSinceMs =>
        Volatile.Read(ref _partialSinceMs) is var since and not Whole ? since : null;

    /// <summary>Takes what was read; false once the stream cannot be cut any more.</summary>
    public bool TryAdvance(int count)
    {
        _framer.Append(_buffer.AsSpan(0, count));
        while (true)
        {
            switch (_framer.Read(out var bytes))
            {
                case SipStreamItem.Message:
                    receiver.Receive(flow, bytes);
                    MarkWhole();
                    break;

                case SipStreamItem.Broken:
                    // The layer answers what it can understand of the head; the connection ends.
                    receiver.Receive(flow, bytes);
                    return false;

                case SipStreamItem.Ping:
                    pong();
                    break;

                case SipStreamItem.Pong:
                    break;

                default:
                    MarkRest();
                    return true;
            }
        }
    }

    private void MarkWhole() => Volatile.Write(ref _partialSinceMs, Whole);

    private void MarkRest()
    {
        if (_framer.PendingBytes == 0)
        {
            MarkWhole();
        }
        else if (Volatile.Read(ref _partialSinceMs) == Whole)
        {
            Volatile.Write(ref _partialSinceMs, Math.Max(1, Environment.TickCount64));
        }
    }
}
