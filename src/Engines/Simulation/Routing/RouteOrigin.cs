namespace Farspan.Simulation;

/// <summary>The ORIGIN attribute, the better one smaller (RFC 4271 §5.1.1).</summary>
public enum RouteOrigin
{
    Igp = 0,
    Egp = 1,
    Incomplete = 2,
}
