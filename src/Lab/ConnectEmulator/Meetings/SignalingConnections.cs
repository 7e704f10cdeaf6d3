using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The signalling connections of all meetings: opened, disturbed by faults, closed and forgotten.
/// </summary>
internal sealed class SignalingConnections(EmulatorState state, Roster roster)
{
    private readonly Dictionary<SocketId, SignalingConnection> _connections = [];
    private long _lastId;

    public SocketId NextId() => new(++_lastId);

    public SignalingConnection? Find(SocketId id) => _connections.GetValueOrDefault(id);

    public SignalingConnection Open(
        SocketId id, Attendee attendee, Instant now, Outbox<ConnectEffect> outbox)
    {
        var connection = new SignalingConnection(id, attendee, state.Agenda);
        _connections.Add(id, connection);
        attendee.Connections.Add(connection);
        roster.Log(ConnectEventKind.SocketOpened, attendee, id.ToString(), now, outbox);
        return connection;
    }

    /// <summary>Lets an injected fault strike, if there is one for this moment.</summary>
    public bool IsUndisturbed(
        SignalingConnection connection, SignalingStage stage, Instant now, Outbox<ConnectEffect> outbox)
    {
        var fault = state.Faults.Strike(stage);
        if (fault is not null)
        {
            Apply(fault, connection, now, outbox);
        }

        return fault is null;
    }

    public void Apply(
        SignalingFault fault, SignalingConnection connection, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (fault.Effect != SignalingFaultEffect.Silence)
        {
            CutSocket(connection, fault.Effect == SignalingFaultEffect.Abort, fault.Code, now, outbox);
        }
    }

    public void CutSocket(
        SignalingConnection connection, bool isAbort, int code, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connection.IsSocketOpen)
        {
            outbox.Add(isAbort
                ? new ConnectEffect.AbortSocket(connection.Id)
                : new ConnectEffect.CloseSocket(connection.Id, code, "by the service"));
            CloseSocket(connection, isAbort ? "cut by us" : $"closed by us with {code}", now, outbox);
        }
    }

    /// <summary>The socket is gone; media that flows goes on.</summary>
    public void CloseSocket(
        SignalingConnection connection, string reason, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (!connection.IsSocketOpen)
        {
            return;
        }

        connection.IsSocketOpen = false;
        connection.Timers.Stop(SignalingTimer.Close);
        var value = $"{connection.Id}: {reason}";
        roster.Log(ConnectEventKind.SocketClosed, connection.Attendee, value, now, outbox);
        ForgetIfDone(connection, outbox);
    }

    public void ForgetIfDone(SignalingConnection connection, Outbox<ConnectEffect> outbox)
    {
        if (!connection.IsSocketOpen && !connection.HasMedia)
        {
            DropMedia(connection, outbox);
            connection.Timers.StopAll();
            connection.Attendee.Connections.Remove(connection);
            _connections.Remove(connection.Id);
        }
    }

    public static void DropMedia(SignalingConnection connection, Outbox<ConnectEffect> outbox)
    {
        if (connection.HasOffered)
        {
            connection.HasOffered = false;
            connection.IsSubscribed = false;
            outbox.Add(new ConnectEffect.RemoveMedia(connection.Id));
        }
    }
}
