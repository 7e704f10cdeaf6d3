using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>How a TURN server is reached.</summary>
/// <param name="PathId">Of <see cref="TurnPathNotice.Wanted"/>.</param>
/// <param name="Server">The server's address.</param>
/// <param name="StreamTag">Of the connection, for TCP and TLS; null for UDP, which goes by the transport's
/// own socket.</param>
public sealed record TurnPath(int PathId, TransportAddress Server, int? StreamTag);
