namespace Farspan.Edges;

/// <summary>What a connector's final answer means for the call (RFC 3261 §21).</summary>
public static class FinalCodePolicy
{
    /// <summary>
    /// Whether another connector may do better: failures of servers and of the way to them. What the callee
    /// said, 4xx and 6xx, ends the call.
    /// </summary>
    public static bool GoesOn(int statusCode) => statusCode is 408 or 500 or 502 or 503 or 504;

    /// <summary>Whether the failure counts against the connector, rather than against its surroundings.</summary>
    public static bool BlamesConnector(int statusCode) => statusCode is 408 or 500;
}
