using System.Text;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// What the body of a request or response says about the session (RFC 3261 §8.2.3, RFC 5621).
/// </summary>
/// <param name="Session">The description; null if there is none.</param>
/// <param name="StatusCode">The status that refuses the body; null if nothing is wrong with it.</param>
/// <param name="Detail">What is wrong.</param>
public readonly record struct SessionBody(SessionDescription? Session, int? StatusCode, string Detail)
{
    private const string SdpType = "application/sdp";

    /// <summary>There is no body, or none that we must understand.</summary>
    public bool IsAbsent => Session is null && StatusCode is null;

    /// <summary>Reads the session description of a message, also out of a multipart body.</summary>
    public static SessionBody Read(SipMessage message)
    {
        if (message.Body.Length == 0)
        {
            return default;
        }

        if (message.ContentEncodings.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return new SessionBody(null, 415, "content encoding is not supported");
        }

        if (SipMultipart.TryFind(message, SdpType, out var part))
        {
            return Parse(part.Content.Span);
        }

        return ReadForeign(message);
    }

    private static SessionBody Parse(ReadOnlySpan<byte> body) =>
        SdpParser.TryParse(body, out var session, out var error)
            ? new SessionBody(session, null, "")
            : new SessionBody(null, 400, $"session description: {error}");

    // RFC 3261 §8.2.3: only a body that must be handled is a reason to refuse.
    private static SessionBody ReadForeign(SipMessage message) =>
        message.TryGetHeader("Content-Disposition", out var disposition)
            && disposition.Contains("handling=optional", StringComparison.OrdinalIgnoreCase)
                ? default
                : new SessionBody(null, 415, $"content type {message.ContentType} is not supported");
}
