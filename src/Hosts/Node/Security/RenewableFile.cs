using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// What is read from files that are renewed while the node runs, such as certificates: they are looked at
/// once a minute, when somebody asks, and taken up when they have changed and make sense.
/// </summary>
/// <remarks>
/// The content decides, not the time of a file: what is mounted into a container changes by a link far above
/// it. While new files are half written, the old content stays. Thread-safe.
/// </remarks>
internal sealed class RenewableFile<T>
    where T : class
{
    /// <summary>From one look to the next.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly string _what;
    private readonly Func<byte[]> _read;
    private readonly Func<T> _make;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private byte[] _content;
    private T _current;
    private long _lookedAt;

    /// <param name="what">What it is, for the log.</param>
    /// <param name="read">All bytes of the files.</param>
    /// <param name="make">Makes of the files what is wanted.</param>
    /// <param name="clock">Tells when to look again.</param>
    /// <param name="log">Told about renewals.</param>
    /// <exception cref="NodeStartException">The files cannot be read or make no sense.</exception>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public RenewableFile(string what, Func<byte[]> read, Func<T> make, TimeProvider clock, ILogger log)
    {
        (_what, _read, _make, _clock, _log) = (what, read, make, clock, log);
        _lookedAt = clock.GetTimestamp();
        _content = read();
        _current = make();
    }

    public T Current()
    {
        lock (_lock)
        {
            if (_clock.GetElapsedTime(_lookedAt) >= LookEvery)
            {
                _lookedAt = _clock.GetTimestamp();
                Look();
            }

            return _current;
        }
    }

    private void Look()
    {
        try
        {
            var content = _read();
            if (!content.AsSpan().SequenceEqual(_content))
            {
                _current = _make();
                _content = content;
                _log.Renewed(_what);
            }
        }
        catch (Exception fault) when (
            fault is NodeStartException or IOException or UnauthorizedAccessException)
        {
            _log.NotRenewed(_what, fault.Message);
        }
    }
}
