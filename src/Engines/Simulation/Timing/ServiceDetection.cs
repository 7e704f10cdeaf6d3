namespace Farspan.Simulation;

/// <summary>
/// How long those who use a service take to notice that it died: load balancers, carriers, resolvers.
/// </summary>
public static class ServiceDetection
{
    /// <summary>
    /// So many failed probes in a row; the last one needs its timeout, or nothing where it is refused.
    /// </summary>
    public static Delay HealthCheck(TimeSpan interval, int threshold, TimeSpan failingProbe) =>
        Delay.Between((interval * (threshold - 1)) + failingProbe, (interval * threshold) + failingProbe);

    /// <summary>A passthrough load balancer programs its data path anew: 1 to 2 s is assumed.</summary>
    public static Delay LoadBalancerReprogramming() =>
        Delay.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    /// <summary>
    /// OPTIONS pings of a trunk (RFC 3261 §11): up to an interval passes before the first that fails, then
    /// the retries, then the last transaction's timeout (64*T1 = 32 s over UDP unless tuned).
    /// </summary>
    public static Delay OptionsProbing(OptionsProbe probe)
    {
        var retries = probe.RetryInterval * (probe.Attempts - 1);
        return Delay.Between(retries + probe.Timeout, probe.Interval + retries + probe.Timeout);
    }

    /// <summary>
    /// An INVITE that nobody answers goes to the next target (RFC 3263 §4.3); Timer B is 32 s.
    /// </summary>
    public static Delay InviteFailover(TimeSpan timeout) => Delay.Exactly(timeout);

    /// <summary>
    /// Records change after a health check, and each resolver keeps the old ones up to the TTL.
    /// </summary>
    public static Delay DnsFailover(Delay healthCheck, TimeSpan timeToLive) =>
        healthCheck.Then(Delay.Between(TimeSpan.Zero, timeToLive));

    /// <summary>So many unanswered heartbeats, the last given its timeout.</summary>
    public static Delay Heartbeat(TimeSpan interval, int missed, TimeSpan timeout) =>
        HealthCheck(interval, missed, timeout);

    /// <summary>A request that has to fail so often, each by its timeout, before the circuit opens.</summary>
    public static Delay CircuitBreaker(TimeSpan requestTimeout, int failures) =>
        Delay.Exactly(requestTimeout * failures);
}
