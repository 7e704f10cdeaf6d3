namespace Farspan.Calls;

/// <summary>
/// What one Amazon Connect instance allows, as granted in AWS Service Quotas: the rate of
/// StartWebRTCContact (an account-and-region quota) and the concurrent active calls (an instance quota).
/// </summary>
public sealed record QuotaSettings
{
    /// <summary>AWS's defaults for a new account: 2 starts a second, 10 concurrent calls.</summary>
    public static QuotaSettings AwsDefault { get; } = new();

    /// <summary>Sustained rate of StartWebRTCContact, requests per second.</summary>
    public double StartsPerSecond { get; init; } = 2;

    /// <summary>Starts that may follow one another at once after a quiet time.</summary>
    public int StartBurst { get; init; } = 2;

    /// <summary>Active calls of the instance, whoever started them.</summary>
    public int ConcurrentContactsMax { get; init; } = 10;

    /// <summary>How long a caller may hear ringing while waiting for quota.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Callers that may wait at once; the next one is refused at once.</summary>
    public int WaitingMax { get; init; } = 500;
}
