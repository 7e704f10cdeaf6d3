namespace Farspan.Runtime;

/// <summary>What a media worker has done since it started. The worker writes; any thread may read.</summary>
public sealed class MediaWorkerStatistics
{
    private long _sessions;
    private long _datagramsReceived;
    private long _datagramsSent;
    private long _datagramsDropped;
    private long _receiveErrors;
    private long _ticks;
    private long _phasesSkipped;
    private long _stalls;
    private long _sessionsFailed;

    /// <summary>Sessions served now.</summary>
    public long Sessions
    {
        get => Volatile.Read(ref _sessions);
        internal set => Volatile.Write(ref _sessions, value);
    }

    public long DatagramsReceived
    {
        get => Volatile.Read(ref _datagramsReceived);
        internal set => Volatile.Write(ref _datagramsReceived, value);
    }

    public long DatagramsSent
    {
        get => Volatile.Read(ref _datagramsSent);
        internal set => Volatile.Write(ref _datagramsSent, value);
    }

    /// <summary>Datagrams that the system did not take, for whatever reason.</summary>
    public long DatagramsDropped
    {
        get => Volatile.Read(ref _datagramsDropped);
        internal set => Volatile.Write(ref _datagramsDropped, value);
    }

    /// <summary>Receives that failed, such as by ICMP errors.</summary>
    public long ReceiveErrors
    {
        get => Volatile.Read(ref _receiveErrors);
        internal set => Volatile.Write(ref _receiveErrors, value);
    }

    /// <summary>Ticks of all sessions.</summary>
    public long Ticks
    {
        get => Volatile.Read(ref _ticks);
        internal set => Volatile.Write(ref _ticks, value);
    }

    /// <summary>
    /// Phases that a stall made too old to be made up for; each stood for the ticks of its sessions.
    /// </summary>
    public long PhasesSkipped
    {
        get => Volatile.Read(ref _phasesSkipped);
        internal set => Volatile.Write(ref _phasesSkipped, value);
    }

    /// <summary>Gaps longer than the threshold.</summary>
    public long Stalls
    {
        get => Volatile.Read(ref _stalls);
        internal set => Volatile.Write(ref _stalls, value);
    }

    /// <summary>Sessions ended by their own exception.</summary>
    public long SessionsFailed
    {
        get => Volatile.Read(ref _sessionsFailed);
        internal set => Volatile.Write(ref _sessionsFailed, value);
    }

    /// <summary>How late phases were served.</summary>
    public LatenessHistogram Lateness { get; } = new();
}
