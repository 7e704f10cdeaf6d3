using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>How a TURN server is reached.</summary>
/// <param name="PathId">Of <see cref="TurnPathNotice.Wanted"/>.</param>
/// <param name="SocketTag">The transport's own socket for UDP; the stream's for TCP and TLS.</param>
/// <param name="Server">The server's address.</param>
public readonly record struct TurnPath(int PathId, int SocketTag, TransportAddress Server);
