using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// What every INVITE and UPDATE must pass before its content counts (RFC 3261 §8.2, RFC 4028 §9).
/// </summary>
/// <param name="Body">The session description that came with it.</param>
/// <param name="Timer">What to answer about the session timer.</param>
/// <param name="Refusal">A refusal ready to send; null if the request is in order.</param>
internal readonly record struct RequestCheck(
    SessionBody Body, SessionTimerVerdict Timer, SipResponse? Refusal)
{
    private static readonly string[] Extensions = ["timer"];

    public static RequestCheck Of(
        SipServerTransaction transaction, CarrierMessages messages, SessionTimerPolicy timerPolicy)
    {
        var request = transaction.Request;
        var unsupported = request.Require.Except(Extensions, StringComparer.OrdinalIgnoreCase).ToArray();
        if (unsupported.Length > 0)
        {
            return Refuse(
                messages.Respond(transaction, 420).AddHeader("Unsupported", string.Join(", ", unsupported)));
        }

        var body = SessionBody.Read(request);
        if (body.StatusCode is { } status)
        {
            var refusal = messages.Respond(transaction, status);
            return Refuse(status == 415
                ? refusal.AddHeader("Accept", "application/sdp").AddHeader("Accept-Encoding", "identity")
                : refusal.AddHeader("Warning", $"399 farspan \"{body.Detail.Replace('"', '\'')}\""));
        }

        var isSupported = request.Supported.Contains("timer", StringComparer.OrdinalIgnoreCase);
        var timer = timerPolicy.Answer(request.SessionExpires, request.MinSe, isSupported);
        return timer.IsTooSmall
            ? Refuse(messages.Respond(transaction, 422)
                .AddHeader("Min-SE", $"{(int)timerPolicy.IntervalMin.TotalSeconds}"))
            : new RequestCheck(body, timer, null);
    }

    private static RequestCheck Refuse(SipResponseBuilder response) =>
        new(default, default, response.Build());
}
