namespace Farspan.Simulation;

/// <summary>How a carrier watches a trunk with OPTIONS (RFC 3261 §11).</summary>
/// <param name="Interval">Between pings while all is well.</param>
/// <param name="Attempts">Failures in a row until the target is out of use.</param>
/// <param name="RetryInterval">Between pings once one has failed.</param>
/// <param name="Timeout">Of one transaction.</param>
public sealed record OptionsProbe(TimeSpan Interval, int Attempts, TimeSpan RetryInterval, TimeSpan Timeout);
