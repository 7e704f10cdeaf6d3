using Farspan.Audio;

namespace Farspan.Interop.Tests;

/// <summary>SIPp signals, the test speaks and listens: calls from the first INVITE to the BYE.</summary>
[Collection(LabGroup.Name)]
public sealed class SippCallTests(LabFixture fixture)
{
    private const string Digits = "0123456789*#ABCD";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Hearing = TimeSpan.FromSeconds(20);

    private LabProcess Lab => fixture.Lab;

    [NeedsTheory(Programs.Sipp)]
    [InlineData("u1", AudioCodec.Pcmu, 1_001)]
    [InlineData("u1", AudioCodec.Pcma, 1_002)]
    [InlineData("t1", AudioCodec.Pcmu, 1_003)]
    public async Task ACall_IsHeardBothWays_AndItsKeysArriveInOrder(
        string transport, AudioCodec codec, int code)
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(code, codec));
        await using var sipp = Run(SippScenario.Call, transport, phone);

        var answered = await sipp.NoticeAsync(phone, "answered", Soon);
        phone.TalkTo(answered.Media);
        await phone.HearsAsync(phone.AgentCode, Hearing);
        phone.Press(Digits);
        var contact = await Lab.Emulator.ContactAsync(
            phone.Settings.Number,
            seen => seen.Digits == Digits && seen.HeardCode == code,
            "got keys and tones");
        await sipp.GoOnAsync(answered);

        await sipp.SucceedsAsync(Soon);
        Assert.InRange(contact.HeardDelayMs!.Value, 0, 400);
        Assert.Equal(Lab.Addresses.Number, contact.Attribute("dnis"));
        await IsOverAsync(phone);
    }

    [NeedsFact(Programs.Sipp)]
    public async Task ACallWithoutOffer_IsHeardBothWays()
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(1_010));
        await using var sipp = Run(SippScenario.LateOffer, "u1", phone);

        var answered = await sipp.NoticeAsync(phone, "answered", Soon);
        phone.TalkTo(answered.Media);
        await phone.HearsAsync(phone.AgentCode, Hearing);
        await Lab.Emulator.ContactAsync(
            phone.Settings.Number, seen => seen.HeardCode == 1_010, "heard the caller");
        await sipp.GoOnAsync(answered);

        await sipp.SucceedsAsync(Soon);
        await IsOverAsync(phone);
    }

    [NeedsFact(Programs.Sipp)]
    public async Task AHeldCaller_HearsNothing_AndEverythingAgainAfterwards()
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(1_011));
        await using var sipp = Run(SippScenario.HoldAndResume, "u1", phone);

        var answered = await sipp.NoticeAsync(phone, "answered", Soon);
        phone.TalkTo(answered.Media);
        await phone.HearsAsync(phone.AgentCode, Hearing);
        await sipp.GoOnAsync(answered);
        var held = await sipp.NoticeAsync(phone, "held", Soon);
        await phone.HearsNothingAsync(Soon);
        await sipp.GoOnAsync(held);
        var resumed = await sipp.NoticeAsync(phone, "resumed", Soon);
        phone.TalkTo(resumed.Media);
        await phone.HearsAsync(phone.AgentCode, Hearing);
        await sipp.GoOnAsync(resumed);

        await sipp.SucceedsAsync(Soon);
        await IsOverAsync(phone);
    }

    [NeedsFact(Programs.Sipp)]
    public async Task AnAgentWhoHangsUp_EndsTheCall_ByAByeWithItsReason()
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(1_012));
        await using var sipp = Run(SippScenario.CalleeHangsUp, "u1", phone);

        var answered = await sipp.NoticeAsync(phone, "answered", Soon);
        phone.TalkTo(answered.Media);
        var contact = await Lab.Emulator.ContactAsync(
            phone.Settings.Number, seen => seen.IsWithAgent, "is with the agent");
        await Lab.Emulator.HangUpAsync(contact);

        await sipp.SucceedsAsync(Soon);
        await IsOverAsync(phone);
    }

    [NeedsFact(Programs.Sipp)]
    public async Task FiftyCalls_TenASecond_EachHearsItsOwnAgent_AndOnlyThat()
    {
        var phones = Enumerable.Range(1_100, 50).Select(code => new RtpPhone(new RtpPhoneSettings(code)));
        await using var all = new PhoneBank([.. phones]);
        await Lab.Emulator.SetBuiltInAgentsAsync(all.Phones.Count);
        await using var sipp = new SippProcess(new SippRun(SippScenario.Call, all.Phones), Lab.Addresses);

        var answered = await Task.WhenAll(all.Phones.Select(phone => AnswerAsync(sipp, phone)));
        await Task.WhenAll(all.Phones.Select(phone => phone.HearsAsync(phone.AgentCode, Hearing)));
        await AreHeardAsync(all.Phones);
        await Task.WhenAll(answered.Select(sipp.GoOnAsync));

        await sipp.SucceedsAsync(Soon);
        Assert.All(all.Phones, phone => Assert.Equal([phone.AgentCode], phone.Ear.Codes.Distinct()));
        await Lab.IsIdleAsync(Soon);
    }

    private static async Task<SippNotice> AnswerAsync(SippProcess sipp, RtpPhone phone)
    {
        var answered = await sipp.NoticeAsync(phone, "answered", Hearing);
        phone.TalkTo(answered.Media);
        return answered;
    }

    private async Task AreHeardAsync(IReadOnlyList<RtpPhone> phones)
    {
        int[] missing = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var heard = (await Lab.Emulator.ContactsAsync()).Select(contact => contact.HeardCode).ToHashSet();
                missing = [.. phones.Select(phone => phone.Settings.Code).Where(code => !heard.Contains(code))];
                return missing.Length == 0;
            },
            Hearing,
            () => $"agents hear {string.Join(' ', missing)}");
    }

    private SippProcess Run(string scenario, string transport, RtpPhone phone) =>
        new(new SippRun(scenario, [phone]) { Transport = transport }, Lab.Addresses);

    private async Task IsOverAsync(RtpPhone phone)
    {
        await Lab.Emulator.ContactAsync(phone.Settings.Number, seen => seen.IsOver, "is over");
        await Lab.IsIdleAsync(Soon);
    }
}
