namespace Farspan.Topology;

/// <summary>Between which delays the jitter buffers adapt themselves.</summary>
public sealed record JitterBufferModel(TimeSpan MinDelay, TimeSpan MaxDelay);
