namespace Farspan.Ice;

/// <summary>Who nominates the pair that is used (RFC 8445 §6.1.1).</summary>
public enum IceRole
{
    Controlling,
    Controlled,
}
