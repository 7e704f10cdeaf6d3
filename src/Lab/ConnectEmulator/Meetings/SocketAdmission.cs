namespace Farspan.ConnectEmulator;

/// <summary>Whether a WebSocket may be opened.</summary>
/// <param name="Socket">Its id; null if it is refused.</param>
/// <param name="RefusalStatus">The HTTP status of a refusal.</param>
public readonly record struct SocketAdmission(SocketId? Socket, int RefusalStatus);
