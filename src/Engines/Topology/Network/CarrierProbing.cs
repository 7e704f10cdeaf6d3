namespace Farspan.Topology;

/// <summary>How a carrier notices with OPTIONS (RFC 3261 §11) that a target is gone.</summary>
/// <param name="IsEnabled">Whether it asks at all.</param>
/// <param name="Interval">While the target answers.</param>
/// <param name="Attempts">Unanswered requests that make it count as gone.</param>
/// <param name="RetryInterval">Between attempts after the first unanswered one.</param>
/// <param name="Timeout">How long one request may stay unanswered (Timer F unless tuned).</param>
public sealed record CarrierProbing(
    bool IsEnabled, TimeSpan Interval, int Attempts, TimeSpan RetryInterval, TimeSpan Timeout);
