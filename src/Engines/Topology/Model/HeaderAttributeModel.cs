namespace Farspan.Topology;

/// <summary>A SIP header that becomes an attribute.</summary>
/// <param name="Header">The header's name.</param>
/// <param name="Key">The attribute's name.</param>
/// <param name="LengthMax">Characters that are passed on.</param>
/// <param name="Updates">Whether a later request in the dialog changes the attribute.</param>
public sealed record HeaderAttributeModel(string Header, string Key, int LengthMax, bool Updates = false);
