using Farspan.Kernel;

namespace Farspan.Chime;

/// <content>What each frame does. A frame that is not expected in a state does nothing.</content>
public sealed partial class ChimeSession
{
    private void Receive(SignalFrame frame, Instant now, Outbox<ChimeEffect> outbox)
    {
        switch (frame)
        {
            case PingPongFrame { IsPong: true } pong:
                _pings.Answer(pong.PingId);
                break;
            case PingPongFrame ping:
                Send(_frames.Pong(ping.PingId, now), outbox);
                break;
            case LeaveAckFrame when State == ChimeSessionState.Leaving:
                Finish(new ChimeEnd(ChimeEndReason.Left), outbox);
                break;
            case ErrorFrame error when State != ChimeSessionState.Leaving:
                Fail(ChimeStatus.FromError(error), now, outbox);
                break;
            case AudioStatusFrame status when State != ChimeSessionState.Leaving:
                ReceiveAudioStatus(status, now, outbox);
                break;
            default:
                ReceiveProgress(frame, now, outbox);
                break;
        }
    }

    private void ReceiveProgress(SignalFrame frame, Instant now, Outbox<ChimeEffect> outbox)
    {
        switch (frame)
        {
            case JoinAckFrame ack when State == ChimeSessionState.Joining:
                _turnCredentials = ack.TurnCredentials;
                Enter(ChimeSessionState.AwaitingIndex, _timings.Index, now);
                break;
            case IndexFrame when State == ChimeSessionState.AwaitingIndex:
                State = ChimeSessionState.Joined;
                _timers.Stop(Timer.Stage); // The owner's turn; only the window limits it.
                outbox.Add(new ChimeEffect.Joined(_turnCredentials));
                break;
            case SubscribeAckFrame ack when State == ChimeSessionState.Subscribing
                && ack.TryGetAnswer(out var answer):
                CompleteSubscribe(answer, now, outbox);
                break;
            case AudioStreamIdInfoFrame info:
                foreach (var stream in info.Streams)
                {
                    _roster.Apply(stream, outbox);
                }

                break;
            case AudioMetadataFrame metadata:
                foreach (var state in metadata.AttendeeStates)
                {
                    _roster.Apply(state, outbox);
                }

                break;
        }
    }

    private void CompleteSubscribe(string answer, Instant now, Outbox<ChimeEffect> outbox)
    {
        State = ChimeSessionState.Subscribed;
        _hasSubscribed = true;
        _subscribedAt = now;
        _lastFailure = null;
        _timers.Stop(Timer.Stage);
        _timers.Stop(Timer.Window);
        outbox.Add(new ChimeEffect.Subscribed(answer));
    }

    private void ReceiveAudioStatus(AudioStatusFrame status, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (ChimeStatus.FromAudioStatus(status.Status) is { } failure)
        {
            Fail(failure, now, outbox);
        }
    }
}
