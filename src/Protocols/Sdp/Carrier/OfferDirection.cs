namespace Farspan.Sdp;

/// <summary>The direction a description really asks for, in both ways of putting a call on hold.</summary>
internal static class OfferDirection
{
    /// <summary>
    /// RFC 2543 devices hold with the address 0.0.0.0: whoever says that cannot receive (RFC 3264 §8.4).
    /// </summary>
    public static Direction Of(SessionDescription session, MediaDescription media)
    {
        var direction = session.DirectionOf(media);
        return session.ConnectionOf(media) is { IsUnspecified: true }
            ? direction.Intersect(Direction.SendOnly)
            : direction;
    }
}
