namespace Farspan.Interop.Tests;

/// <summary>SIPp as a judge of what is said beside the audio.</summary>
[Collection(LabGroup.Name)]
public sealed class SippSignalingTests(LabFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private LabProcess Lab => fixture.Lab;

    [NeedsTheory(Programs.Sipp)]
    [InlineData("u1")]
    [InlineData("t1")]
    public Task Options_AreAnsweredWithOurMethods(string transport) =>
        SucceedsAsync(SippScenario.Options, 2_001, transport);

    [NeedsTheory(Programs.Sipp)]
    [InlineData("u1")]
    [InlineData("t1")]
    public Task AnUnknownNumber_IsNotFound(string transport) =>
        SucceedsAsync(SippScenario.UnknownNumber, 2_002, transport, called: UnknownNumber.Example);

    [NeedsFact(Programs.Sipp)]
    public Task ASessionIntervalBelowTheMinimum_IsRefusedWithTheMinimum() =>
        SucceedsAsync(SippScenario.IntervalTooSmall, 2_003, "u1");

    [NeedsFact(Programs.Sipp)]
    public async Task ASession_IsRefreshedByUpdateAndByReInvite()
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(2_004));
        await using var sipp = new SippProcess(
            new SippRun(SippScenario.SessionTimer, [phone]), Lab.Addresses);

        var answered = await sipp.NoticeAsync(phone, "answered", Soon);
        phone.TalkTo(answered.Media);
        await sipp.GoOnAsync(answered);
        var refreshed = await sipp.NoticeAsync(phone, "refreshed", Soon);
        await phone.HearsAsync(phone.AgentCode, Soon);
        await sipp.GoOnAsync(refreshed);

        await sipp.SucceedsAsync(Soon);
        await Lab.IsIdleAsync(Soon);
    }

    [NeedsFact(Programs.Sipp)]
    public async Task ACallerWhoGivesUpWhileItRings_LeavesNoContact()
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(2_005));
        await Lab.Emulator.InjectAsync(
            """{"api":[{"operation":"startWebRtcContact","effect":"delay","delay":"00:00:04","times":1}]}""");
        await using var sipp = new SippProcess(new SippRun(SippScenario.Cancel, [phone]), Lab.Addresses);

        var ringing = await sipp.NoticeAsync(phone, "ringing", Soon);
        await sipp.GoOnAsync(ringing);

        await sipp.SucceedsAsync(Soon);
        await Lab.Emulator.ContactAsync(phone.Settings.Number, seen => seen.IsOver, "is over");
        await Lab.IsIdleAsync(Soon);
    }

    private async Task SucceedsAsync(string scenario, int code, string transport, string? called = null)
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(code));
        var run = new SippRun(scenario, [phone])
        {
            Transport = transport,
            Called = called,
            IsControlled = false,
        };
        await using var sipp = new SippProcess(run, Lab.Addresses);
        await sipp.SucceedsAsync(Soon);
        Assert.Null(await Lab.Emulator.ContactOfAsync(phone.Settings.Number));
        await Lab.IsIdleAsync(Soon);
    }
}
