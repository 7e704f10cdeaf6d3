using System.Collections.Concurrent;

namespace Farspan.Observability;

/// <summary>
/// Writes log lines to a stream on a thread of its own, so that a slow terminal or pipe makes nobody wait. Lines
/// that do not fit the queue are lost and counted.
/// </summary>
public sealed class LogWriter : IDisposable
{
    /// <summary>Lines that may wait: some seconds of a busy node.</summary>
    public const int QueueMax = 16_384;

    private readonly Stream _output;
    private readonly BlockingCollection<byte[]> _queue = new(QueueMax);
    private readonly Thread _thread;
    private long _dropped;
    private int _isClosed;

    /// <summary>Starts writing.</summary>
    /// <param name="output">Not closed at the end.</param>
    public LogWriter(Stream output)
    {
        _output = output;
        _thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Lines lost so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Queues a line with its line feed; never waits.</summary>
    public void Add(byte[] line)
    {
        if (!TryAdd(line))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits and ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private bool TryAdd(byte[] line)
    {
        try
        {
            return _queue.TryAdd(line);
        }
        catch (InvalidOperationException)
        {
            return false; // Closed.
        }
    }

    private void WriteUntilClosed()
    {
        foreach (var line in _queue.GetConsumingEnumerable())
        {
            try
            {
                _output.Write(line);
                if (_queue.Count == 0)
                {
                    _output.Flush();
                }
            }
            catch (IOException)
            {
                Interlocked.Increment(ref _dropped); // Whoever read our output has gone.
            }
        }
    }
}
