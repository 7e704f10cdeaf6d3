namespace Farspan.Rtp;

/// <summary>An estimate of what a listener thinks of a call.</summary>
/// <param name="RFactor">Transmission rating of ITU-T G.107, 0 to 100.</param>
/// <param name="Score">Mean opinion score, 1 to 4.5.</param>
public readonly record struct CallQuality(double RFactor, double Score);
