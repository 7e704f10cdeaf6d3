namespace Farspan.ConnectEmulator;

/// <summary>What a media plane reports; unknown connections are ignored.</summary>
public interface IMeetingMediaEvents
{
    /// <summary>An offer is answered; the candidates are all in the answer (no trickle).</summary>
    void Answered(SocketId connection, string sdpAnswer);

    /// <summary>An offer cannot be answered.</summary>
    void Refused(SocketId connection, string reason);

    /// <summary>ICE and DTLS are done; reported again when they recover after <see cref="Lost"/>.</summary>
    void Connected(SocketId connection);

    /// <summary>No packet has come for some time, or the peer closed DTLS.</summary>
    void Lost(SocketId connection);

    /// <summary>A built-in agent recognised whose audio it hears; said again every few seconds.</summary>
    void Heard(string meetingId, VoiceHearing hearing);
}
