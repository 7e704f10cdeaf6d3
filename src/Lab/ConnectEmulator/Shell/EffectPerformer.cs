using System.Collections.Concurrent;
using Farspan.Chime;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Performs what a <see cref="ConnectService"/> wants: on sockets, on the media plane and for observers.
/// </summary>
internal sealed class EffectPerformer(IMeetingMedia media)
{
    private readonly ConcurrentDictionary<SocketId, ClientSocket> _sockets = new();

    public Feed<ConnectEvent> Events { get; } = new();

    public Feed<AgentView> Agents { get; } = new();

    public void Add(ClientSocket socket) => _sockets[socket.Id] = socket;

    public void Remove(SocketId id) => _sockets.TryRemove(id, out _);

    public void AbortAll()
    {
        foreach (var socket in _sockets.Values)
        {
            socket.Abort();
        }
    }

    public void Perform(ConnectEffect effect)
    {
        switch (effect)
        {
            case ConnectEffect.SendFrame(var id, var frame):
                Socket(id)?.Send(frame.Encode(SignalDirection.ServerToClient));
                break;

            case ConnectEffect.CloseSocket(var id, var code, var reason):
                Socket(id)?.Close(code, reason);
                break;

            case ConnectEffect.AbortSocket(var id):
                Socket(id)?.Abort();
                break;

            case ConnectEffect.Report(var happened):
                Events.Publish(happened);
                break;

            case ConnectEffect.NotifyAgent(var agent):
                Agents.Publish(agent);
                break;

            default:
                PerformOnMedia(effect);
                break;
        }
    }

    private void PerformOnMedia(ConnectEffect effect)
    {
        switch (effect)
        {
            case ConnectEffect.AnswerOffer(var offer):
                media.Answer(offer);
                break;

            case ConnectEffect.RemoveMedia(var connection):
                media.Remove(connection);
                break;

            case ConnectEffect.PlayCue(var meeting, var cue):
                media.Play(meeting, cue);
                break;

            case ConnectEffect.StopCue(var meeting):
                media.StopPlaying(meeting);
                break;

            case ConnectEffect.AttachVoice(var meeting, var attendee, var voice):
                media.AttachVoice(meeting, attendee, voice);
                break;

            case ConnectEffect.DetachVoice(var meeting, var attendee):
                media.DetachVoice(meeting, attendee);
                break;

            case ConnectEffect.EndMeeting(var meeting):
                media.EndMeeting(meeting);
                break;

            default:
                throw Kernel.Invariant.Unreachable(effect);
        }
    }

    private ClientSocket? Socket(SocketId id) => _sockets.GetValueOrDefault(id);
}
