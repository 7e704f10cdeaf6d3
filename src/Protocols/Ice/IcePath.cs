using Farspan.Kernel;

namespace Farspan.Ice;

/// <summary>What identifies a pair once redundant ones are pruned: the base sent from and the address sent to
/// (RFC 8445 §6.1.2.4).</summary>
internal readonly record struct IcePath(int BaseId, TransportAddress Remote);
