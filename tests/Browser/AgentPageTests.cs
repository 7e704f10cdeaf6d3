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
        await using var phone = new RtpPhone(new RtpPhoneSettings(7_001) { ToneHz = CallerToneHz });
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        var call = SipCall.From(phone, Lab);

        var answer = await probe.InviteAsync(call, Soon);
        Assert.Equal(200, answer.StatusCode);
        phone.TalkTo(answer.Media);
        await desk.IsAsync("talking");
        await desk.HasAudioAsync();
        await desk.HearsAsync(CallerToneHz);
        await CallerHearsAsync(phone, AgentToneHz);
        await StaysUndisturbedAsync(desk);
        await desk.HearsAsync(CallerToneHz);
        await CallerHearsAsync(phone, AgentToneHz);

        Assert.Equal("audio/opus", (string?)(await desk.StatsAsync())!["codec"]);
        await probe.ByeAsync(call, answer, Soon);
        await Lab.Emulator.ContactAsync(phone.Settings.Number, seen => seen.IsOver, "is over");
        await desk.IsAsync("available");
        await Lab.IsIdleAsync(Soon);
    }

    [BrowserFact]
    public async Task AnAgentWhoHangsUp_EndsTheCallersCall()
    {
        await using var desk = await AgentDesk.OpenAsync(Lab, $"auto=1&tone={AgentToneHz}");
        await using var phone = new RtpPhone(new RtpPhoneSettings(7_002) { ToneHz = CallerToneHz });
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

    private static Task CallerHearsAsync(RtpPhone phone, int frequencyHz) => Eventually.TrueAsync(
        () => Math.Abs(phone.Ear.DominantFrequencyHz() - frequencyHz) <= 10,
        Soon,
        () => $"the caller hears {frequencyHz} Hz, not {phone.Ear.DominantFrequencyHz()}; "
            + $"packets {phone.PacketsReceived}");

    private static async Task StaysUndisturbedAsync(AgentDesk desk)
    {
        var description = "";
        await Eventually.StaysAsync(
            async () =>
            {
                description = await desk.DescribeAsync();
                return await desk.IsUndisturbedAsync();
            },
            Undisturbed,
            () => description);
    }
}
