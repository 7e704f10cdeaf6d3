namespace Farspan.Interop.Tests;

/// <summary>baresip, a softphone of others, calls with each of its codecs, with and without SRTP.</summary>
[Collection(LabGroup.Name)]
public sealed class BaresipTests(LabFixture fixture)
{
    private static readonly TimeSpan Hearing = TimeSpan.FromSeconds(20);

    public static TheoryData<BaresipSettings> Ways =>
    [
        new BaresipSettings(3_001, "PCMU/8000/1"),
        new BaresipSettings(3_002, "PCMA/8000/1") { Transport = "tcp" },
        new BaresipSettings(3_003, "G722/16000/1"),
        new BaresipSettings(3_004, "opus/48000/2"),
        new BaresipSettings(3_005, "PCMU/8000/1") { MediaEncryption = "srtp-mand" },
        new BaresipSettings(3_006, "G722/16000/1") { MediaEncryption = "srtp-mand", Transport = "tcp" },
        new BaresipSettings(3_007, "opus/48000/2") { MediaEncryption = "srtp-mand" },
        new BaresipSettings(3_008, "PCMA/8000/1") { MediaEncryption = "srtp-mand", Transport = "tls" },
    ];

    [NeedsTheory(Programs.Baresip)]
    [MemberData(nameof(Ways))]
    public async Task ACall_IsHeardBothWays(BaresipSettings settings)
    {
        await using var phone = new BaresipPhone(settings);
        var lab = fixture.Lab;

        await phone.DialAsync(lab.Addresses.SipUri(settings.Transport));
        await lab.Emulator.ContactAsync(
            settings.Number, seen => seen.HeardCode == settings.Code, "heard the caller");
        await phone.HearsAsync(Tones.LabTones.AgentCode(settings.Code), Hearing);
        await phone.HangUpAsync();

        await lab.Emulator.ContactAsync(settings.Number, seen => seen.IsOver, "is over");
        await lab.IsIdleAsync(Hearing);
    }

    [NeedsFact(Programs.Baresip)]
    public async Task ItsKeys_ArriveInOrder()
    {
        var settings = new BaresipSettings(3_010, "PCMU/8000/1");
        await using var phone = new BaresipPhone(settings);
        var lab = fixture.Lab;

        await phone.DialAsync(lab.Addresses.SipUri(settings.Transport));
        await lab.Emulator.ContactAsync(settings.Number, seen => seen.IsWithAgent, "is with the agent");
        foreach (var key in "19*#")
        {
            await phone.PressAsync(key);
        }

        await lab.Emulator.ContactAsync(settings.Number, seen => seen.Digits == "19*#", "got the keys");
        await phone.HangUpAsync();
    }
}
