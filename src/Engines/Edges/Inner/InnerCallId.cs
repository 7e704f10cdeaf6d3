namespace Farspan.Edges;

/// <summary>
/// The Call-IDs of inner legs: our id of the call, so that one search finds both legs, and the attempt.
/// </summary>
internal static class InnerCallId
{
    public static string Write(string callId, int attempt) => $"{callId}.{attempt}";

    /// <summary>The id of the call; empty if it is none of ours.</summary>
    public static string ReadCall(string sipCallId) =>
        sipCallId.IndexOf('.') is var dot and > 0 ? sipCallId[..dot] : "";
}
