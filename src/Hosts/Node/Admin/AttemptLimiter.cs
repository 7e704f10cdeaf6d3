using System.Net;

namespace Farspan.Node;

/// <summary>
/// Limits wrong passwords: so many a minute from one source, so many from all. Whoever is over the limit is refused
/// without his password being looked at.
/// </summary>
public sealed class AttemptLimiter(TimeProvider clock)
{
    /// <summary>Wrong passwords a minute from one address (IPv6: one /64).</summary>
    public const int FailuresPerSourceMax = 10;

    /// <summary>Wrong passwords a minute from everywhere.</summary>
    public const int FailuresMax = 100;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _failures = [];
    private DateTimeOffset _windowEnd;
    private int _total;

    public bool IsBlocked(IPAddress? source)
    {
        lock (_lock)
        {
            Turn();
            return _total >= FailuresMax || _failures.GetValueOrDefault(KeyOf(source)) >= FailuresPerSourceMax;
        }
    }

    public void CountFailure(IPAddress? source)
    {
        lock (_lock)
        {
            Turn();
            _total++;
            _failures[KeyOf(source)] = _failures.GetValueOrDefault(KeyOf(source)) + 1;
        }
    }

    private static IPAddress KeyOf(IPAddress? source)
    {
        if (source is null)
        {
            return IPAddress.None;
        }

        var bytes = source.IsIPv4MappedToIPv6 ? source.MapToIPv4().GetAddressBytes() : source.GetAddressBytes();
        if (bytes.Length == 16)
        {
            bytes.AsSpan(8).Clear();
        }

        return new IPAddress(bytes);
    }

    // At most FailuresMax sources are remembered: the total ends the window's attempts first.
    private void Turn()
    {
        var now = clock.GetUtcNow();
        if (now >= _windowEnd)
        {
            _failures.Clear();
            _total = 0;
            _windowEnd = now + Window;
        }
    }
}
