namespace Farspan.Store;

/// <summary>What a store could not do, and why.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Reason">For people: the database's own words.</param>
public sealed record StoreFault(StoreFaultKind Kind, string Reason);
