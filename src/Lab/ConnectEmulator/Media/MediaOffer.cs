namespace Farspan.ConnectEmulator;

/// <summary>An SDP offer (RFC 8829) of one connection of one attendee.</summary>
public sealed record MediaOffer(SocketId Connection, string MeetingId, string AttendeeId, string Sdp);
