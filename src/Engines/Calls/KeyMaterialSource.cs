namespace Farspan.Calls;

/// <summary>
/// Fills a span with key material from the operating system: the one kind of randomness that must never
/// repeat, not even in a replay of production. World hands in a repeatable one.
/// </summary>
public delegate void KeyMaterialSource(Span<byte> destination);
