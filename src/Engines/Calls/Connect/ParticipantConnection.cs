using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Permission to send messages, and thereby digits, as the customer (CreateParticipantConnection).
/// </summary>
/// <param name="ConnectionToken">The bearer of SendMessage and DisconnectParticipant.</param>
/// <param name="Expiry">Wall-clock time; a day ahead. Null if the answer does not say.</param>
public sealed record ParticipantConnection(Redacted<string> ConnectionToken, DateTimeOffset? Expiry);
