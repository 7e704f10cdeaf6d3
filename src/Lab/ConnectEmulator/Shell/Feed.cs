using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Farspan.ConnectEmulator;

/// <summary>Hands what happens to everyone who listens; who listens too slowly loses the oldest.</summary>
internal sealed class Feed<T>
{
    private const int Backlog = 4096;

    private readonly ConcurrentDictionary<Channel<T>, byte> _listeners = new();

    public void Publish(T item)
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(item);
        }
    }

    public Subscription Subscribe()
    {
        var channel = Channel.CreateBounded<T>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[channel] = 0;
        return new Subscription(this, channel);
    }

    /// <summary>One listener; disposing ends it.</summary>
    public sealed class Subscription(Feed<T> feed, Channel<T> channel) : IDisposable
    {
        public ChannelReader<T> Reader => channel.Reader;

        public void Dispose() => feed._listeners.TryRemove(channel, out _);
    }
}
