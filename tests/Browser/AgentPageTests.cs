using Farspan.Interop.Tests;

namespace Farspan.Browser.Tests;

/// <summary>
/// Chromium with AWS's own Chime SDK is the agent: what it accepts, the official client accepted. The caller
/// is SIP and RTP of the test's.
/// </summary>
public sealed class AgentPageTests(AgentPageFixture fixture) : IClassFixture<AgentPageFixture>
{
    private const int CallerToneHz = 1_000;
    private const int AgentToneHz = 440;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Undisturbed = TimeSpan.FromSeconds(15);

    private LabProcess Lab => fixture.Lab;

    [BrowserFact]
    public async Task CallerAndAgent_HearEachOther_ForFifteenSecondsWithoutAnyRepair()
    {
        await using var desk = await AgentDesk.OpenAsync(Lab, $"auto=1&tone={AgentToneHz}");
        await TalkAsync(desk, 7_001, namesTurnServer: false);
    }

    [BrowserFact(Programs.TurnServer)]
    public async Task ThroughATurnServer_CallerAndAgent_HearEachOther_WithoutAnyRepair()
    {
        await using var server = new TurnServerProcess("udp", MachineAddress.Find());
        await server.StartsAsync();
        await Lab.Emulator.PatchSettingsAsync(server.EmulatorSetting);
        try
        {
            await using var desk = await AgentDesk.OpenAsync(Lab, $"auto=1&tone={AgentToneHz}");
            await TalkAsync(desk, 7_002, namesTurnServer: true);
        }
        finally
        {
            await Lab.Emulator.PatchSettingsAsync("""{"signaling":{"turn":null}}""");
        }

        // The page and the connector each had an allocation.
        var (fromPeers, toPeers) = await server.RelayedAsync();
        Assert.True(fromPeers > 50 && toPeers > 50, $"relayed {fromPeers} and {toPeers} packets");
    }

    [BrowserFact]
    public async Task AnAgentWhoHangsUp_EndsTheCallersCall()
    {
        await using var desk = await AgentDesk.OpenAsync(Lab, $"auto=1&tone={AgentToneHz}");
        await using var phone = new RtpPhone(new RtpPhoneSettings(7_003) { ToneHz = CallerToneHz });
        await using var probe = new SipProbe(Lab.Addresses.Sip);

        var answer = await probe.InviteAsync(SipCall.From(phone, Lab), Soon);
        phone.TalkTo(answer.Media);
        await desk.IsAsync("talking");
        await CallerHearsAsync(phone, AgentToneHz);
        await desk.HangUpAsync();

        var bye = await probe.ByeOfOtherSideAsync(answer, Soon);
        Assert.StartsWith("Q.850;cause=16", bye.Header("Reason"), StringComparison.Ordinal);
        await desk.IsAsync("available");
        await Lab.IsIdleAsync(Soon);
    }

    // The caller calls and the agent answers; both hum until the caller hangs up.
    private async Task TalkAsync(AgentDesk desk, int code, bool namesTurnServer)
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(code) { ToneHz = CallerToneHz });
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        var call = SipCall.From(phone, Lab);

        var answer = await probe.InviteAsync(call, Soon);
        Assert.Equal(200, answer.StatusCode);
        phone.TalkTo(answer.Media);
        await desk.IsAsync("talking");
        await desk.HasAudioAsync();
        await desk.HearsAsync(CallerToneHz);
        await CallerHearsAsync(phone, AgentToneHz);
        await StaysUndisturbedAsync(desk, namesTurnServer);
        await desk.HearsAsync(CallerToneHz);
        await CallerHearsAsync(phone, AgentToneHz);

        Assert.Equal("audio/opus", (string?)(await desk.StatsAsync())!["codec"]);
        await probe.ByeAsync(call, answer, Soon);
        await Lab.Emulator.ContactAsync(phone.Settings.Number, seen => seen.IsOver, "is over");
        await desk.IsAsync("available");
        await Eventually.TrueAsync(
            async () => (await desk.StopsAsync()).Length > 0, Soon, () => "the SDK says that the meeting has ended");

        // The page leaves as soon as the contact is over; the SDK reports whichever it saw first.
        Assert.Contains(Assert.Single(await desk.StopsAsync()), new[] { "MeetingEnded", "Left" });
        await Lab.IsIdleAsync(Soon);
    }

    private static Task CallerHearsAsync(RtpPhone phone, int frequencyHz) => Eventually.TrueAsync(
        () => Math.Abs(phone.Ear.DominantFrequencyHz() - frequencyHz) <= 10,
        Soon,
        () => $"the caller hears {frequencyHz} Hz, not {phone.Ear.DominantFrequencyHz()}; "
            + $"packets {phone.PacketsReceived}");

    private static async Task StaysUndisturbedAsync(AgentDesk desk, bool namesTurnServer)
    {
        var description = "";
        await Eventually.StaysAsync(
            async () =>
            {
                description = await desk.DescribeAsync();
                return await desk.IsUndisturbedAsync(namesTurnServer);
            },
            Undisturbed,
            () => description);
    }
}
