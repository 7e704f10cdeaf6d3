using System.Text;
using System.Text.RegularExpressions;
using Farspan.Chime;

namespace Farspan.Calls.Tests;

/// <summary><c>docs/sip-answers.md</c> says what the tables say. FARSPAN_UPDATE=1 writes it anew.</summary>
public sealed partial class SipAnswersDocumentTests
{
    [Fact]
    public void TheDocument_SaysWhatTheTablesSay()
    {
        var path = Path.Combine(Root(), "docs", "sip-answers.md");
        var expected = Write();
        if (Environment.GetEnvironmentVariable("FARSPAN_UPDATE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void EveryOutcome_HasAnAnswer_ThatSipAllows() =>
        Assert.All(Enum.GetValues<CallOutcome>(), outcome =>
        {
            var cause = SipCauseTable.For(outcome);
            Assert.InRange(cause.StatusCode, 200, 699);
            Assert.InRange(cause.Q850Cause, 1, 127);
            Assert.Matches("^[\\x20-\\x7E-[\"\\\\]]+$", cause.Text);
            Assert.True(cause.RetryAfter is null || cause.StatusCode == 503);
        });

    private static string Write()
    {
        var text = new StringBuilder("""
            # What a carrier is told

            Written from `src/Engines/Calls/Outcome/SipCauseTable.cs` by `SipAnswersDocumentTests`; run it
            with `FARSPAN_UPDATE=1` to write it anew.

            An outcome before the answer is a final response with a Reason header (RFC 3326); after the
            answer it is a BYE with the same Reason. Carriers and edges go on to their next target on 500,
            502, 503 and 504 and take 4xx as the callee's own word: only faults of ours and of Amazon's are
            5xx. `Retry-After` is there where a repeat can help. If Connect itself says when to come back, or
            the quota queue knows, that time is sent instead.

            ## Outcomes

            | outcome | when | before the answer | Reason: Q.850 cause, text | Retry-After |
            |---|---|---|---|---|

            """);
        var summaries = ReadSummaries();
        foreach (var outcome in Enum.GetValues<CallOutcome>())
        {
            var cause = SipCauseTable.For(outcome);
            text.Append($"| {outcome} | {summaries[$"{outcome}"]} | {Answer(outcome, cause)} | ")
                .Append($"{cause.Q850Cause}, {cause.Text} | ")
                .Append(cause.RetryAfter is { } wait ? $"{wait.TotalSeconds} s |\n" : "- |\n");
        }

        WriteConnect(text);
        WriteChime(text);
        return text.ToString();
    }

    private static void WriteConnect(StringBuilder text)
    {
        text.Append("""

            ## Errors of Amazon Connect

            A start is repeated, with the same ClientToken, where that can help, while the caller hears
            ringing (20 s in all). A start that may have acted is pursued after the caller has his answer,
            until its fate is known; then the contact is stopped.

            | error | repeated | may have acted | outcome | status |
            |---|---|---|---|---|

            """);
        foreach (var kind in Enum.GetValues<ConnectErrorKind>())
        {
            var error = new ConnectError(kind);
            var outcome = SipCauseTable.OutcomeOf(error);
            text.Append($"| {kind} | {YesNo(error.IsTransient)} | {YesNo(error.MayHaveActed)} | {outcome} | ")
                .Append($"{SipCauseTable.For(outcome).StatusCode} |\n");
        }
    }

    private static void WriteChime(StringBuilder text)
    {
        text.Append("""

            ## Ends of the Chime session

            A service error and lost signalling are tried again first: 15 s while it rings, 60 s in a call.

            | AUDIO_STATUS | end | while it rings | in a call |
            |---|---|---|---|

            """);
        uint?[] statuses = [410, 301, 403, 409, 411, 302, 500];
        foreach (var reason in Enum.GetValues<ChimeEndReason>())
        {
            var end = new ChimeEnd(reason);
            var status = Array.Find(statuses, s => ChimeStatus.FromAudioStatus(s!.Value)!.Reason == reason);
            text.Append($"| {(status is null ? "-" : status)} | {reason} | {Ringing(end)} | ")
                .Append($"{SipCauseTable.OutcomeOf(end, isAnswered: true)} |\n");
        }

        text.Append("""

            `Left` is our own doing, after the caller has gone. `Displaced` (301) means that another node has
            the contact: this one is silent, to the carrier and to Connect.

            """);
    }

    private static string Ringing(ChimeEnd end)
    {
        var outcome = SipCauseTable.OutcomeOf(end, isAnswered: false);
        return end.Reason is ChimeEndReason.Left or ChimeEndReason.Displaced
            ? $"{outcome}"
            : $"{outcome}, {SipCauseTable.For(outcome).StatusCode}";
    }

    private static string Answer(CallOutcome outcome, SipCause cause) => outcome switch
    {
        CallOutcome.CallerHungUp => "487 to the INVITE, 200 to the BYE",
        CallOutcome.InviteNotAcceptable => "400, 415, 420 or 422",
        CallOutcome.Displaced => "nothing: silence",
        CallOutcome.NoAck or CallOutcome.SessionExpired => "-",
        CallOutcome.CarrierLost or CallOutcome.CarrierSilent => "-",
        _ => $"{cause.StatusCode} {cause.ReasonPhrase}",
    };

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static Dictionary<string, string> ReadSummaries()
    {
        var source = File.ReadAllText(Path.Combine(Root(), "src/Engines/Calls/Outcome/CallOutcome.cs"));
        return SummaryPattern().Matches(source).ToDictionary(
            match => match.Groups["name"].Value, match => match.Groups["text"].Value.Trim().TrimEnd('.'));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Farspan.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"/// <summary>(?<text>[^<]+)</summary>\s+(?<name>\w+),")]
    private static partial Regex SummaryPattern();
}
