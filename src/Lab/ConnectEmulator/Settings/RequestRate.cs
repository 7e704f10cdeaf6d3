namespace Farspan.ConnectEmulator;

/// <summary>A rate quota: so many requests a second, after a burst of so many.</summary>
public sealed record RequestRate(double PerSecond, int Burst);
