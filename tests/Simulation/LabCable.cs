namespace Farspan.Simulation.Tests;

/// <summary>A virtual Ethernet cable between two namespaces.</summary>
/// <param name="Number">Gives it its addresses: 172.16.0.0/12, a /30 each.</param>
/// <param name="Name">Of the link, attachment or peering that it plays.</param>
/// <param name="A">The node at one end.</param>
/// <param name="B">The node at the other end.</param>
internal sealed record LabCable(int Number, string Name, string A, string B)
{
    public string InterfaceOf(string node) => $"c{Number}{(node == A ? "a" : "b")}";

    public string AddressOf(string node) => Address(node == A ? 1 : 2);

    public string AddressOfPeer(string node) => Address(node == A ? 2 : 1);

    public string Peer(string node) => node == A ? B : A;

    private string Address(int host) =>
        $"172.{16 + (Number / 16384)}.{Number / 64 % 256}.{(Number % 64 * 4) + host}";
}
