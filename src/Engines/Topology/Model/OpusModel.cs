namespace Farspan.Topology;

/// <summary>How audio for Amazon Connect is encoded (RFC 7587 §6.1).</summary>
/// <param name="Complexity">0 to 10.</param>
/// <param name="BitrateBitsPerSecond">Null: chosen by the carrier's codec.</param>
/// <param name="UsesInbandFec">Whether each packet also carries a coarse copy of the one before.</param>
public sealed record OpusModel(int Complexity, int? BitrateBitsPerSecond, bool UsesInbandFec);
