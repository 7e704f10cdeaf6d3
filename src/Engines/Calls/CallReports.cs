using Farspan.Kernel;
using Farspan.Media;

namespace Farspan.Calls;

/// <summary>The log lines of one call; see <see cref="CallEventKind"/>.</summary>
internal sealed class CallReports(RoutedCall routed, CallProgress progress, Outbox<ConnectorEffect> world)
{
    public void Add(CallEventKind kind, params (string, object?)[] fields) =>
        world.Add(new ConnectorEffect.Report(CallEvent.Create(routed.CallId, kind, fields)));

    public void AddMedia(Sdp.NegotiatedAudio audio) => Add(
        CallEventKind.MediaChanged,
        ("codec", audio.Codec),
        ("ptimeMs", audio.PacketTime.TotalMilliseconds),
        ("srtp", audio.LocalCrypto?.Suite),
        ("direction", audio.Direction));

    public void AddAnswered() => Add(
        CallEventKind.Answered, ("setupMs", progress.SetupMs), ("connectMs", progress.ConnectMs));

    /// <summary>The call record.</summary>
    public void AddEnded(CallOutcome outcome, string detail, string? contactId, MediaReport media) => Add(
        CallEventKind.Ended,
        ("outcome", outcome),
        ("detail", detail),
        ("answered", progress.AnsweredAt is not null),
        ("setupMs", progress.SetupMs),
        ("connectMs", progress.ConnectMs),
        ("talkMs", progress.TalkMs),
        ("trunk", routed.Trunk),
        ("route", routed.Route),
        ("contactId", contactId),
        ("media", media));
}
