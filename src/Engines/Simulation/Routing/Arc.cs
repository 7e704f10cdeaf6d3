using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>A way for packets from one table to the next.</summary>
/// <param name="From">The table that sends.</param>
/// <param name="To">The table in which the packet is looked up next.</param>
/// <param name="Name">What a person calls it: the link or the attachment.</param>
/// <param name="Mtu">In bytes.</param>
/// <param name="Elements">What has to work for a packet to pass, both tables' own elements included.</param>
public sealed record Arc(int From, int To, string Name, int Mtu, ImmutableArray<int> Elements);
