using Farspan.Kernel;

namespace Farspan.Tones;

/// <summary>A <see cref="ToneListener"/> heard a whole sequence.</summary>
/// <param name="Code">Whose it is.</param>
/// <param name="BeganAt">When its beginning arrived.</param>
/// <param name="Delay">How much later than it was sent; null if that cannot be told.</param>
public readonly record struct ToneHeard(int Code, Instant BeganAt, TimeSpan? Delay);
