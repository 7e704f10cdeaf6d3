using System.Text;

namespace Farspan.Interop.Tests;

/// <summary>Datagrams that no friend would send; afterwards calls go on as before.</summary>
[Collection(LabGroup.Name)]
public sealed class HostilePacketTests(LabFixture fixture)
{
    private const int Flood = 10_000;
    private const int FloodPerSecond = 1_000;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FloodEnds = TimeSpan.FromSeconds(60);

    private LabProcess Lab => fixture.Lab;

    [Fact]
    public async Task TruncatedAndOversizedSip_LeavesOptionsAnswered_AndNoCall()
    {
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        var invite = probe.Invite(new SipCall("+12065550199", Lab.Addresses.Number, 40_000));
        for (var length = 0; length < invite.IndexOf("\r\n\r\n", StringComparison.Ordinal); length += 7)
        {
            await probe.SendAsync(invite[..length]);
        }

        await probe.SendAsync(invite.Replace("Max-Forwards: 70", $"X-Large: {new string('x', 60_000)}"));
        await probe.SendAsync(invite.Replace("Content-Length: ", "Content-Length: 9999999999"));
        await probe.SendAsync(Encoding.ASCII.GetBytes(invite).Select(each => (byte)~each).ToArray());

        Assert.Equal(200, (await probe.OptionsAsync(Soon)).StatusCode);
        Assert.Null(await Lab.Emulator.ContactOfAsync("+12065550199"));
        await Lab.IsIdleAsync(Soon);
    }

    [Fact]
    public async Task AStrangersAudio_IsNotHeard()
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(5_001));
        await using var stranger = new RtpPhone(new RtpPhoneSettings(5_002));
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        var call = SipCall.From(phone, Lab);
        var answer = await probe.InviteAsync(call, Soon);
        phone.TalkTo(answer.Media);
        await Lab.Emulator.ContactAsync(
            phone.Settings.Number, seen => seen.HeardCode == 5_001, "heard the caller");

        stranger.TalkTo(answer.Media);
        await phone.HearsAsync(phone.AgentCode, Soon);
        await phone.HearsAsync(phone.AgentCode, Soon);
        await phone.HearsAsync(phone.AgentCode, Soon);

        var contact = await Lab.Emulator.ContactOfAsync(phone.Settings.Number);
        Assert.Equal(5_001, contact!.HeardCode);
        Assert.Equal(0, stranger.PacketsReceived);
        await probe.ByeAsync(call, answer, Soon);
        await Lab.IsIdleAsync(Soon);
    }

    [Fact]
    public async Task TenThousandCallsToUnknownNumbers_EachGet404_AndLeaveNothing()
    {
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var calls = new List<Task<SipAnswer>>(Flood);
        while (calls.Count < Flood)
        {
            await pace.WaitForNextTickAsync();
            for (var i = 0; i < FloodPerSecond / 100; i++)
            {
                var call = new SipCall("+12065550198", $"{UnknownNumber.Example}{calls.Count}", 40_000);
                calls.Add(probe.InviteAsync(call, FloodEnds));
            }
        }

        var answers = await Task.WhenAll(calls);

        Assert.All(answers, answer => Assert.Equal(404, answer.StatusCode));
        await Lab.IsIdleAsync(Soon);
        Assert.Equal(200, (await probe.OptionsAsync(Soon)).StatusCode);
    }
}
