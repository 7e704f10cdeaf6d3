namespace Farspan.Cluster;

/// <summary>The merged configuration is not valid, so that an earlier one is still in force.</summary>
/// <param name="Reason">What the validation said.</param>
/// <param name="Seen">What the rejected whole was merged from.</param>
/// <param name="Since">When it was rejected first.</param>
public sealed record ConfigurationAlarm(string Reason, VersionVector Seen, DateTimeOffset Since);
