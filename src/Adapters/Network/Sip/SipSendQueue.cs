namespace Farspan.Network;

/// <summary>What waits to be written to one connection: bounded in bytes, with one writer at a
/// time.</summary>
internal sealed class SipSendQueue(int bytesMax)
{
    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _messages = new();
    private int _bytes;

    /// <summary>Who opens the connection is its first writer: until then messages only gather.</summary>
    private bool _isWriting = true;

    /// <summary>Queues a message; false if the queue is full.</summary>
    /// <param name="message">The bytes; nobody changes them any more.</param>
    /// <param name="becomesWriter">True for the caller that has to write until <see cref="TryTake"/> is
    /// false.</param>
    public bool TryAdd(ReadOnlyMemory<byte> message, out bool becomesWriter)
    {
        lock (_lock)
        {
            becomesWriter = false;
            if (_bytes + message.Length > bytesMax)
            {
                return false;
            }

            _bytes += message.Length;
            _messages.Enqueue(message);
            becomesWriter = !_isWriting;
            _isWriting = true;
            return true;
        }
    }

    /// <summary>The next message for the writer; false ends its turn.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> message)
    {
        lock (_lock)
        {
            _isWriting = _messages.TryDequeue(out message);
            _bytes -= message.Length;
            return _isWriting;
        }
    }
}
