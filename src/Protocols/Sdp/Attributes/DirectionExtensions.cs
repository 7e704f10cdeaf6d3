namespace Farspan.Sdp;

/// <summary>The arithmetic of offer and answer on directions (RFC 3264 §6.1).</summary>
public static class DirectionExtensions
{
    public static bool Sends(this Direction direction) => (direction & Direction.SendOnly) != 0;

    public static bool Receives(this Direction direction) => (direction & Direction.ReceiveOnly) != 0;

    /// <summary>The same flow, seen from the other side.</summary>
    public static Direction Reverse(this Direction direction) => direction switch
    {
        Direction.SendOnly => Direction.ReceiveOnly,
        Direction.ReceiveOnly => Direction.SendOnly,
        _ => direction,
    };

    /// <summary>What both allow.</summary>
    public static Direction Intersect(this Direction left, Direction right) => left & right;

    /// <summary>The attribute's name.</summary>
    public static string ToAttributeName(this Direction direction) => direction switch
    {
        Direction.SendReceive => "sendrecv",
        Direction.SendOnly => "sendonly",
        Direction.ReceiveOnly => "recvonly",
        _ => "inactive",
    };
}
