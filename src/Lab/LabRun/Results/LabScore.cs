using System.Text.Json;
using Farspan.CarrierSimulator;
using Farspan.Rtp;
using Farspan.Tones;

namespace Farspan.LabRun;

/// <summary>Brings together what the carrier reports and what the emulator saw, and judges it.</summary>
internal sealed class LabScore(
    int callsWanted,
    IReadOnlyList<CallReport> reports,
    IReadOnlyList<ContactSeen>? contacts,
    LabAddresses addresses)
{
    private readonly Dictionary<string, ContactSeen> _bySipCallId = Index(contacts);
    private readonly HashSet<int> _played =
        [.. reports.SelectMany(report => new[] { report.Plan.Code, LabTones.AgentCode(report.Plan.Code) })];

    public LabResult Judge()
    {
        var result = Sum();
        return result with { Failures = [.. Check(result)] };
    }

    /// <summary>
    /// Contacts that live on, of these calls or of nobody's: other phones may use the lab at the same time.
    /// </summary>
    public static IEnumerable<ContactSeen> FindOpen(
        IEnumerable<CallReport> reports, IEnumerable<ContactSeen>? contacts)
    {
        var ours = reports.Select(report => report.SipCallId).ToHashSet();
        return (contacts ?? []).Where(contact =>
            !contact.IsOver && (contact.SipCallId is not { } call || ours.Contains(call)));
    }

    private static Dictionary<string, ContactSeen> Index(IReadOnlyList<ContactSeen>? contacts)
    {
        var index = new Dictionary<string, ContactSeen>();
        foreach (var contact in contacts ?? [])
        {
            index.TryAdd(contact.SipCallId ?? contact.ContactId, contact);
        }

        return index;
    }

    private static double Percent(double lost, double expected) =>
        expected == 0 ? 0 : Math.Round(100 * lost / expected, 3);

    private static double? MeanScore(IReadOnlyList<CallReport> reports)
    {
        var scores = reports.Where(report => report.IsAgentHeard).Select(Score).ToArray();
        return scores.Length == 0 ? null : Math.Round(scores.Average(), 2);
    }

    private static double Score(CallReport report)
    {
        var delays = report.Audio!.Delays.Order().ToArray();
        var median = delays[delays.Length / 2];
        return MeanOpinionScore.Estimate(report.Codec, report.Audio.LossRatio, median).Score;
    }

    private LabResult Sum()
    {
        var audio = reports.Select(report => report.Audio).OfType<AudioReport>().ToArray();
        var (lostToCaller, toCaller) = (audio.Sum(each => each.PacketsLost), audio.Sum(each => each.PacketsExpected));
        var reported = audio.Where(each => each.RemoteLost is not null).ToArray();
        var lostToAgent = reported.Sum(each => Math.Max(0, each.RemoteLost!.Value));
        var toAgent = reported.Sum(each => each.PacketsSent);
        return Count() with
        {
            LossPercent = Percent(lostToCaller + lostToAgent, toCaller + toAgent),
            LossPercentOfWay = new LabResult.Ways(Percent(lostToAgent, toAgent), Percent(lostToCaller, toCaller)),
        };
    }

    private LabResult Count() => new()
    {
        Calls = reports.Count,
        Answered = reports.Count(report => report.IsAnswered),
        HeardByAgent = reports.Count(report => HeardByAgent(report) is not null),
        HeardByCaller = reports.Count(report => report.IsAgentHeard),
        Ended = reports.Count(report => report.IsCompleted),
        SetupMs = Spread.OfMilliseconds(reports.Select(report => report.SetupTime).OfType<TimeSpan>()),
        OneWayDelayMs = new LabResult.Delays(
            Spread.OfMilliseconds(
                reports.Select(report => HeardByAgent(report)?.Delay).OfType<TimeSpan>()),
            Spread.OfMilliseconds(reports.SelectMany(report => report.Audio?.Delays ?? []))),
        LossPercent = 0,
        LossPercentOfWay = new LabResult.Ways(0, 0),
        Mos = MeanScore(reports),
        ContactsLeftOpen = FindOpen(reports, contacts).Count(),
        HeardStrangers = reports.Sum(report => StrangersOf(report).Count(_played.Contains)),
        Misheard = reports.Sum(report => StrangersOf(report).Count(code => !_played.Contains(code))),
        Results = reports.GroupBy(report => JsonNamingPolicy.CamelCase.ConvertName($"{report.Result}"))
            .ToDictionary(group => group.Key, group => group.Count()),
    };

    private CallerHeard? HeardByAgent(CallReport report) =>
        _bySipCallId.GetValueOrDefault(report.SipCallId)?.Heard is { } heard && heard.Code == report.Plan.Code
            ? heard
            : null;

    /// <summary>Codes that one side of a call heard and the other did not play.</summary>
    private IEnumerable<int> StrangersOf(CallReport report)
    {
        var byCaller = report.Audio?.StrangerCodes ?? [];
        var heard = _bySipCallId.GetValueOrDefault(report.SipCallId)?.Heard;
        return heard is not null && heard.Code != report.Plan.Code
            ? byCaller.Append(heard.Code)
            : byCaller;
    }

    private static string Name(IEnumerable<CallReport> reports)
    {
        var names = reports.Where(report => report.SipCallId.Length > 0).Take(LabLimits.CallsNamed)
            .Select(report => $"{report.SipCallId} (code {report.Plan.Code})");
        return string.Join(", ", names) is { Length: > 0 } list ? $": {list}" : "";
    }

    private IEnumerable<LabFailure> Check(LabResult result)
    {
        var connector = $"{addresses.Folder}/connector.log";
        var emulator = $"{addresses.Folder}/emulator.log";
        if (result.Calls < callsWanted)
        {
            yield return new(
                "every call is placed", $"{result.Calls} of {callsWanted}", "the lab was stopped early");
        }

        foreach (var group in reports.Where(report => !report.IsCompleted).GroupBy(Describe))
        {
            yield return new(
                "every call completes", $"{group.Count()} × {group.Key}", $"{connector}{Name(group)}");
        }

        if (contacts is null)
        {
            yield return new("the emulator answers", "it does not", emulator);
        }

        foreach (var failure in CheckAudio(result, connector, emulator))
        {
            yield return failure;
        }

        if (result.ContactsLeftOpen > 0)
        {
            var open = FindOpen(reports, contacts).Take(LabLimits.CallsNamed);
            yield return new(
                "no contact is left open",
                $"{result.ContactsLeftOpen}: {string.Join(", ", open.Select(contact => contact.ContactId))}",
                $"{addresses.Connect}contacts");
        }
    }

    private IEnumerable<LabFailure> CheckAudio(LabResult result, string connector, string emulator)
    {
        if (result.HeardByAgent < callsWanted)
        {
            var unheard = reports.Where(report => HeardByAgent(report) is null);
            yield return new(
                "agents hear their callers",
                $"{result.HeardByAgent} of {callsWanted}",
                $"{connector}, {emulator}{Name(unheard)}");
        }

        if (result.HeardByCaller < callsWanted)
        {
            var deaf = reports.Where(report => !report.IsAgentHeard);
            yield return new(
                "callers hear their agents",
                $"{result.HeardByCaller} of {callsWanted}",
                $"{connector}, {emulator}{Name(deaf)}");
        }

        if (result.HeardStrangers > 0)
        {
            var strange = reports.Where(report => StrangersOf(report).Any(_played.Contains));
            yield return new(
                "nobody hears a stranger",
                $"{result.HeardStrangers} sequences",
                $"{connector}{Name(strange)}");
        }

        if (result.LossPercent > LabLimits.LossPercentMax)
        {
            yield return new(
                "no packet is lost", $"{result.LossPercent} %", $"{addresses.Metrics}, load of this machine");
        }
    }

    private static string Describe(CallReport report)
    {
        var status = report.StatusCode is { } code ? $" {code}" : "";
        var detail = report.Detail.Length > 0 ? $" ({report.Detail})" : "";
        return $"{report.Result}{status}{detail}";
    }
}
