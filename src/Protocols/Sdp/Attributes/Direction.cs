namespace Farspan.Sdp;

/// <summary>Which way media flows, seen from the side that wrote it (RFC 8866 §6.7).</summary>
[Flags]
public enum Direction
{
    Inactive = 0,
    SendOnly = 1,
    ReceiveOnly = 2,
    SendReceive = SendOnly | ReceiveOnly,
}
