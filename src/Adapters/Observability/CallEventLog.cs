using Farspan.Calls;
using Microsoft.Extensions.Logging;

namespace Farspan.Observability;

/// <summary>
/// Writes each <see cref="CallEvent"/> as one log line named <c>call.answered</c> and the like, with the
/// call's id first: one search finds both legs of a call.
/// </summary>
public sealed class CallEventLog(ILogger logger)
{
    private static readonly EventId[] Ids =
    [
        .. Enum.GetValues<CallEventKind>()
            .Select(kind => new EventId((int)kind, $"call.{Camel(kind.ToString())}")),
    ];

    public void Write(CallEvent happened)
    {
        var level = LevelOf(happened.Kind);
        if (logger.IsEnabled(level))
        {
            KeyValuePair<string, object?>[] fields = [new("call", happened.CallId), .. happened.Fields];
            logger.Log(level, Ids[(int)happened.Kind], fields, null, static (_, _) => "");
        }
    }

    private static LogLevel LevelOf(CallEventKind kind) => kind switch
    {
        CallEventKind.Defect => LogLevel.Error,
        CallEventKind.DigitsDropped or CallEventKind.AttributesDropped or CallEventKind.Rejoining
            or CallEventKind.Fenced or CallEventKind.StartRepeated or CallEventKind.Refused
            or CallEventKind.StrangerRefused or CallEventKind.MediaStalled
            or CallEventKind.ConnectorFailed or CallEventKind.ConnectorHealthChanged
            or CallEventKind.ConnectorLost or CallEventKind.ContactTakenOver or CallEventKind.CallerAdopted =>
                LogLevel.Warning,
        _ => LogLevel.Information,
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
