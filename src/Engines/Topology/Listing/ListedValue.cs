namespace Farspan.Topology;

/// <summary>A value of an element, as people read it.</summary>
/// <param name="Key">What the file calls it; a value that is derived can be written under this key.</param>
/// <param name="Text">The value; empty for none.</param>
/// <param name="IsDerived">Whether nobody has written it.</param>
public sealed record ListedValue(string Key, string Text, bool IsDerived);
