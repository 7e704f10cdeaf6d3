using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>One who may take part in a meeting, with every connection they have made.</summary>
internal sealed class Attendee(string id, string externalUserId, string joinToken, Meeting meeting)
{
    public string Id { get; } = id;

    /// <summary>Customers' clients know an agent by its end: "agent".</summary>
    public string ExternalUserId { get; } = externalUserId;

    public string JoinToken { get; set; } = joinToken;

    public Meeting Meeting { get; } = meeting;

    public required AttendeeRole Role { get; init; }

    /// <summary>The audio stream's number in the roster.</summary>
    public required uint StreamId { get; init; }

    public AttendeePresence Presence { get; set; }

    public bool IsMuted { get; set; }

    /// <summary>Whether the roster of the meeting lists the attendee.</summary>
    public bool IsAnnounced { get; set; }

    public int Joins { get; set; }

    /// <summary>
    /// Since when the attendee has been gone; null before the first media and while there is some.
    /// </summary>
    public Instant? AbsentSince { get; set; }

    /// <summary>Connections with a socket or with media, oldest first.</summary>
    public List<SignalingConnection> Connections { get; } = [];

    public bool HasMedia => Connections.Any(connection => connection.HasMedia);

    public AttendeeView View => new(Id, ExternalUserId, Role, Presence, IsMuted) { Joins = Joins };

    /// <summary>Whether the join token and the participant token still work.</summary>
    public bool HasValidCredentials(Instant now, TimeSpan credentialsOutliveAbsence) =>
        !Meeting.HasEnded && (AbsentSince is not { } since || now - since <= credentialsOutliveAbsence);
}
