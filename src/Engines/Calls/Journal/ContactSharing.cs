namespace Farspan.Calls;

/// <summary>With whom a contact is shared: who to ask about it after a crash (decision 0015).</summary>
/// <param name="Edge">The name of the edge that holds its caller.</param>
/// <param name="Address">Where its SIP is, such as <c>tcp:192.0.2.1:5060</c>.</param>
/// <param name="Epoch">At which the contact is ours, as in <c>Farspan-Epoch</c>.</param>
public sealed record ContactSharing(string Edge, string Address, string Epoch);
