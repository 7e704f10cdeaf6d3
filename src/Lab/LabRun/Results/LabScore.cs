using System.Text.Json;
using Farspan.CarrierSimulator;
using Farspan.Rtp;

namespace Farspan.LabRun;

/// <summary>Brings together what the carrier reports and what the emulator saw, and judges it.</summary>
internal sealed class LabScore(
    int callsWanted, IReadOnlyList<CallReport> reports, IReadOnlyList<ContactSeen>? contacts, LabAddresses addresses)
{
    private readonly Dictionary<string, ContactSeen> _bySipCallId = Index(contacts);

    public LabResult Judge()
    {
        var result = Sum();
        return result with { Failures = [.. Check(result)] };
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

    private static double LossPercent(IReadOnlyList<CallReport> reports)
    {
        var audio = reports.Select(report => report.Audio).OfType<AudioReport>().ToArray();
        var lost = audio.Sum(each => each.PacketsLost + Math.Max(0, each.RemoteLost ?? 0));
        var expected = audio.Sum(each => each.PacketsExpected + (each.RemoteLost is null ? 0 : each.PacketsSent));
        return expected == 0 ? 0 : Math.Round(100.0 * lost / expected, 3);
    }

    private static double? MeanScore(IReadOnlyList<CallReport> reports)
    {
        var scores = reports.Where(report => report.IsAgentHeard).Select(Score).ToArray();
        return scores.Length == 0 ? null : Math.Round(scores.Average(), 2);
    }

    private static double Score(CallReport report)
    {
        var delays = report.Audio!.Delays.Order().ToArray();
        return MeanOpinionScore.Estimate(report.Codec, report.Audio.LossRatio, delays[delays.Length / 2]).Score;
    }

    private LabResult Sum() => new()
    {
        Calls = reports.Count,
        Answered = reports.Count(report => report.IsAnswered),
        HeardByAgent = reports.Count(report => HeardByAgent(report) is not null),
        HeardByCaller = reports.Count(report => report.IsAgentHeard),
        Ended = reports.Count(report => report.IsCompleted),
        SetupMs = Spread.OfMilliseconds(reports.Select(report => report.SetupTime).OfType<TimeSpan>()),
        OneWayDelayMs = new LabResult.Delays(
            Spread.OfMilliseconds(reports.Select(HeardByAgent).OfType<CallerHeard>().Select(heard => heard.Delay)),
            Spread.OfMilliseconds(reports.SelectMany(report => report.Audio?.Delays ?? []))),
        LossPercent = LossPercent(reports),
        Mos = MeanScore(reports),
        ContactsLeftOpen = contacts?.Count(contact => !contact.IsOver) ?? 0,
        HeardStrangers = reports.Sum(report => report.Audio?.StrangerHeardCount ?? 0) + reports.Sum(StrangersHeardByAgent),
        Results = reports.GroupBy(report => JsonNamingPolicy.CamelCase.ConvertName($"{report.Result}"))
            .ToDictionary(group => group.Key, group => group.Count()),
    };

    private CallerHeard? HeardByAgent(CallReport report) =>
        _bySipCallId.GetValueOrDefault(report.SipCallId)?.Heard is { } heard && heard.Code == report.Plan.Code
            ? heard
            : null;

    private int StrangersHeardByAgent(CallReport report) =>
        _bySipCallId.GetValueOrDefault(report.SipCallId)?.Heard is { } heard
            ? heard.Strangers + (heard.Code == report.Plan.Code ? 0 : heard.Times)
            : 0;

    private IEnumerable<LabFailure> Check(LabResult result)
    {
        var connector = $"{addresses.Folder}/connector.log";
        var emulator = $"{addresses.Folder}/emulator.log";
        if (result.Calls < callsWanted)
        {
            yield return new("every call is placed", $"{result.Calls} of {callsWanted}", "the lab was stopped early");
        }

        foreach (var group in reports.Where(report => !report.IsCompleted).GroupBy(Describe))
        {
            var ids = string.Join(", ", group.Take(3).Select(report => report.SipCallId).Where(id => id.Length > 0));
            yield return new("every call completes", $"{group.Count()} × {group.Key}", $"{connector} {ids}".TrimEnd());
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
            var open = contacts!.Where(contact => !contact.IsOver).Take(3).Select(contact => contact.ContactId);
            yield return new(
                "no contact is left open", $"{result.ContactsLeftOpen}: {string.Join(", ", open)}", $"{addresses.Connect}contacts");
        }
    }

    private IEnumerable<LabFailure> CheckAudio(LabResult result, string connector, string emulator)
    {
        if (result.HeardByAgent < callsWanted)
        {
            yield return new("agents hear their callers", $"{result.HeardByAgent} of {callsWanted}", $"{connector}, {emulator}");
        }

        if (result.HeardByCaller < callsWanted)
        {
            yield return new("callers hear their agents", $"{result.HeardByCaller} of {callsWanted}", $"{connector}, {emulator}");
        }

        if (result.HeardStrangers > 0)
        {
            yield return new("nobody hears a stranger", $"{result.HeardStrangers} sequences", connector);
        }

        if (result.LossPercent > LabLimits.LossPercentMax)
        {
            yield return new("no packet is lost", $"{result.LossPercent} %", $"{addresses.Metrics}, load of this machine");
        }
    }

    private static string Describe(CallReport report)
    {
        var status = report.StatusCode is { } code ? $" {code}" : "";
        var detail = report.Detail.Length > 0 ? $" ({report.Detail})" : "";
        return $"{report.Result}{status}{detail}";
    }
}
