namespace Farspan.Topology;

/// <summary>What AWS Service Quotas grants, and how long callers wait for it.</summary>
public sealed record QuotaModel
{
    /// <summary>Sustained rate of StartWebRTCContact.</summary>
    public required double StartsPerSecond { get; init; }

    /// <summary>Starts at once after a quiet time.</summary>
    public required int StartBurst { get; init; }

    /// <summary>Active calls of the instance, whoever started them.</summary>
    public required int ConcurrentContactsMax { get; init; }

    /// <summary>How long a caller may hear ringing while waiting for quota.</summary>
    public required TimeSpan WaitMax { get; init; }

    /// <summary>Callers that may wait at once.</summary>
    public required int WaitingMax { get; init; }
}
