using System.Text.Json.Nodes;
using Farspan.Audio;
using Farspan.CarrierSimulator;

namespace Farspan.LabRun.Tests;

public sealed class LabScoreTests
{
    private static readonly LabAddresses Addresses = new()
    {
        Sip = "sip:+1@127.0.0.1:5060",
        SipTls = "sip:+1@127.0.0.1:5061;transport=tls",
        AgentPage = "http://127.0.0.1:8480/",
        Admin = "https://127.0.0.1:8443/",
        AdminUser = "admin",
        AdminPasswordFile = "/tmp/lab/admin.password",
        Connect = "http://127.0.0.1:8480/",
        Metrics = "http://127.0.0.1:9464/metrics",
        Folder = "/tmp/lab",
        Notes = [],
    };

    [Fact]
    public void The_json_is_what_the_command_promises()
    {
        var result = Judge([Report(1), Report(2)], [Contact(1), Contact(2)]);

        var json = JsonNode.Parse(result.ToJson())!.AsObject();
        Assert.Equal(
            ["calls", "answered", "heardByAgent", "heardByCaller", "ended", "setupMs", "oneWayDelayMs",
                "lossPercent", "mos", "contactsLeftOpen"],
            json.Select(member => member.Key).Take(10));
        Assert.Equal(2, (int?)json["ended"]);
        Assert.Equal(101, (double?)json["setupMs"]!["p50"]);
        Assert.Equal(102, (double?)json["setupMs"]!["p95"]);
        Assert.Equal(30, (double?)json["oneWayDelayMs"]!["toAgent"]!["p50"]);
        Assert.Equal(21, (double?)json["oneWayDelayMs"]!["toCaller"]!["p95"]);
        Assert.Equal(0, (int?)json["contactsLeftOpen"]);
        Assert.InRange((double)json["mos"]!, 4.2, 4.5);
        Assert.DoesNotContain('\n', result.ToJson());
        Assert.True(result.Passed);
    }

    [Fact]
    public void Nothing_measured_is_null_and_not_zero()
    {
        var result = Judge([Rejected(1, 503)], []);

        var json = JsonNode.Parse(result.ToJson())!.AsObject();
        Assert.True(json.ContainsKey("mos"));
        Assert.Null(json["mos"]);
        Assert.Null(json["setupMs"]!["p50"]);
        Assert.Null(json["oneWayDelayMs"]!["toAgent"]!["p95"]);
    }

    [Fact]
    public void Refused_calls_fail_the_run_and_are_told_apart()
    {
        var result = Judge([Report(1), Rejected(2, 503), Rejected(3, 503), Rejected(4, 404)], [Contact(1)]);

        Assert.False(result.Passed);
        Assert.Equal(1, result.Answered);
        Assert.Equal(3, result.Results["rejected"]);
        var found = result.Failures.Where(each => each.Check == "every call completes");
        Assert.Equal(["2 × Rejected 503", "1 × Rejected 404"], found.Select(each => each.Found));
    }

    [Fact]
    public void An_agent_who_hears_another_call_has_not_heard_its_own()
    {
        var crossed = Contact(1) with { Heard = Tones(2, delayMilliseconds: 5) };

        var result = Judge([Report(1), Report(2)], [crossed, Contact(2)]);

        Assert.Equal(1, result.HeardByAgent);
        Assert.Equal(1, result.HeardStrangers);
        Assert.Contains(result.Failures, each => each.Check == "nobody hears a stranger");
        Assert.Contains(result.Failures, each => each.Check == "agents hear their callers");
    }

    [Fact]
    public void A_sequence_that_nobody_played_was_torn_on_its_way()
    {
        var report = Report(1);
        var torn = report with { Audio = report.Audio! with { StrangerCodes = [40_000] } };

        var result = Judge([torn], [Contact(1)]);

        Assert.Equal((0, 1), (result.HeardStrangers, result.Misheard));
        Assert.True(result.Passed);
    }

    [Fact]
    public void A_caller_who_hears_nothing_fails_the_run()
    {
        var deaf = Report(1);
        deaf = deaf with { Audio = deaf.Audio! with { AgentHeardCount = 0, Delays = [] } };

        var result = Judge([deaf], [Contact(1)]);

        Assert.Equal(0, result.HeardByCaller);
        Assert.Contains(result.Failures, each => each.Check == "callers hear their agents");
    }

    [Fact]
    public void A_contact_that_lives_on_fails_the_run()
    {
        var result = Judge([Report(1)], [Contact(1) with { IsOver = false }]);

        Assert.Equal(1, result.ContactsLeftOpen);
        Assert.Contains("contact-1", Assert.Single(result.Failures).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_contact_of_somebody_elses_call_is_none_of_ours()
    {
        var result = Judge([Report(1)], [Contact(1), Contact(7) with { IsOver = false }]);

        Assert.Equal(0, result.ContactsLeftOpen);
        Assert.True(result.Passed);
    }

    [Fact]
    public void Loss_is_counted_both_ways()
    {
        var report = Report(1);
        var lossy = report with { Audio = report.Audio! with { PacketsReceived = 950, RemoteLost = 30 } };

        var result = Judge([lossy], [Contact(1)]);

        Assert.Equal(4, result.LossPercent);
        Assert.Equal(new LabResult.Ways(ToAgent: 3, ToCaller: 5), result.LossPercentOfWay);
        Assert.Contains(result.Failures, each => each.Check == "no packet is lost");
    }

    [Fact]
    public void An_emulator_that_does_not_answer_fails_the_run()
    {
        var result = Judge([Report(1)], contacts: null);

        Assert.Contains(result.Failures, each => each.Check == "the emulator answers");
    }

    [Theory]
    [InlineData(1, 1.0, 1.0, 1.0)]
    [InlineData(2, 1.0, 2.0, 2.0)]
    [InlineData(20, 10.0, 19.0, 20.0)]
    [InlineData(100, 50.0, 95.0, 99.0)]
    public void Percentiles_are_of_the_nearest_rank(int count, double p50, double p95, double p99) =>
        Assert.Equal(new Spread(p50, p95, p99), Spread.OfMilliseconds(
            Enumerable.Range(1, count).Reverse().Select(each => TimeSpan.FromMilliseconds(each))));

    [Fact]
    public void A_contact_is_read_from_what_the_emulator_shows()
    {
        var json = """
            { "contactId": "c1", "state": "completed", "attributes": { "sipCallId": "x@y", "ani": "+1" },
              "heard": { "code": 7, "firstHeardAt": "2026-01-01T00:00:00Z", "delayMs": 12.5, "times": 3 } }
            """;

        var contact = ContactSeen.Read(JsonNode.Parse(json)!.AsObject());

        Assert.Equal("x@y", contact.SipCallId);
        Assert.True(contact.IsOver);
        Assert.Equal(new CallerHeard(7, TimeSpan.FromMilliseconds(12.5)), contact.Heard);
    }

    private static LabResult Judge(CallReport[] reports, ContactSeen[]? contacts) =>
        new LabScore(reports.Length, reports, contacts, Addresses).Judge();

    private static ContactSeen Contact(int code) =>
        new($"contact-{code}", $"call-{code}", true, Tones(code, delayMilliseconds: 30));

    private static CallerHeard Tones(int code, int delayMilliseconds) =>
        new(code, TimeSpan.FromMilliseconds(delayMilliseconds));

    private static CallReport Rejected(int code, int status) => new()
    {
        Plan = new CallPlan(code, TimeSpan.FromSeconds(10)),
        SipCallId = $"call-{code}",
        Result = CallResult.Rejected,
        StatusCode = status,
        Codec = AudioCodec.Pcmu,
    };

    private static CallReport Report(int code) => new()
    {
        Plan = new CallPlan(code, TimeSpan.FromSeconds(10)),
        SipCallId = $"call-{code}",
        Result = CallResult.Completed,
        StatusCode = 200,
        SetupTime = TimeSpan.FromMilliseconds(100 + code),
        Codec = AudioCodec.Pcmu,
        Audio = new AudioReport
        {
            PacketsSent = 1_000,
            PacketsReceived = 1_000,
            PacketsExpected = 1_000,
            PacketsRefused = 0,
            RemoteLost = 0,
            Jitter = TimeSpan.Zero,
            AgentHeardCount = 1,
            StrangerCodes = [],
            Delays = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(21)],
        },
    };
}
