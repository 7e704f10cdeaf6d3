namespace Farspan.Interop.Tests;

/// <summary>
/// Amazon Connect and Chime fail, and the carrier is told what <c>docs/sip-answers.md</c> says; no contact
/// and no port is left behind.
/// </summary>
[Collection(LabGroup.Name)]
public sealed class ConnectFaultTests(LabFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    // Longer than the repeats of a start (20 s) and than the waiting for a frame of Chime.
    private static readonly TimeSpan GivesUp = TimeSpan.FromSeconds(40);

    private LabProcess Lab => fixture.Lab;

    public Task InitializeAsync() => Lab.Emulator.ClearFaultsAsync();

    public async Task DisposeAsync()
    {
        await Lab.Emulator.ClearFaultsAsync();
        await Lab.IsIdleAsync(GivesUp);
    }

    [Theory]
    [InlineData(4_001, 403, "AccessDeniedException", 502)]
    [InlineData(4_002, 400, "InvalidParameterException", 502)]
    [InlineData(4_003, 404, "ResourceNotFoundException", 502)]
    [InlineData(4_004, 429, "LimitExceededException", 503)]
    public async Task ARefusalThatNoRepeatCures_IsAnsweredAtOnce(
        int code, int statusCode, string error, int answer)
    {
        await Lab.Emulator.InjectAsync(Refusal(statusCode, error, times: null));

        var final = await CallAsync(code, Soon);

        Assert.Equal(answer, final.StatusCode);
        Assert.StartsWith("Q.850;cause=", final.Header("Reason"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4_010, 429, "TooManyRequestsException")]
    [InlineData(4_011, 500, "InternalServiceException")]
    public async Task ARefusalThatARepeatCures_CostsTheCallerSomeRinging(
        int code, int statusCode, string error)
    {
        await Lab.Emulator.InjectAsync(Refusal(statusCode, error, times: 2));

        await IsAnsweredAndHeardAsync(code);
    }

    [Fact]
    public async Task AnAnswerThatGetsLost_IsAskedForAgain_AndThereIsOneContact()
    {
        await Lab.Emulator.InjectAsync(
            """{"api":[{"operation":"startWebRtcContact","effect":"loseAnswer","times":1}]}""");

        await IsAnsweredAndHeardAsync(4_012);

        var contacts = await Lab.Emulator.ContactsAsync();
        Assert.Single(contacts, contact => contact.Caller == new RtpPhoneSettings(4_012).Number);
    }

    [Theory]
    [InlineData(4_020, """{"stage":"upgrade","effect":"refuse","code":503}""")]
    [InlineData(4_021, """{"stage":"join","effect":"close","code":4500}""")]
    [InlineData(4_023, """{"stage":"subscribe","effect":"abort"}""")]
    public async Task ASignalingConnectionThatIsNeverGood_EndsInA5xx_AndTheContactIsStopped(
        int code, string fault)
    {
        await Lab.Emulator.InjectAsync($$"""{"signaling":[{{fault}}]}""");

        var final = await CallAsync(code, GivesUp);

        Assert.InRange(final.StatusCode, 500, 504);
        await IsOverAsync(code);
    }

    [Fact]
    public async Task WithoutIndex_TheCallerIsToldATimeOut_AndTheContactIsStopped()
    {
        await Lab.Emulator.InjectAsync("""{"signaling":[{"stage":"index","effect":"silence"}]}""");

        var final = await CallAsync(4_024, GivesUp);

        Assert.Equal(504, final.StatusCode);
        await IsOverAsync(4_024);
    }

    [Fact]
    public async Task AContactThatEndsWhileItRings_IsUnavailable()
    {
        await Lab.Emulator.InjectAsync("""{"signaling":[{"stage":"subscribe","effect":"silence"}]}""");
        await using var phone = new RtpPhone(new RtpPhoneSettings(4_025));
        await using var probe = new SipProbe(Lab.Addresses.Sip);

        var calling = probe.InviteAsync(SipCall.From(phone, Lab), GivesUp);
        var contact = await Lab.Emulator.ContactAsync(
            phone.Settings.Number, seen => seen.CustomerJoins == 1, "has joined");
        await Lab.Emulator.DisturbAsync(contact.Id, """{"action":"audioStatus","code":410}""");

        Assert.Equal(480, (await calling).StatusCode);
    }

    [Theory]
    [InlineData(4_030, """{"action":"close","code":4500}""")]
    [InlineData(4_031, """{"action":"abort"}""")]
    public async Task ASignalingConnectionThatBreaksInACall_IsRenewed_AndTheCallerStays(
        int code, string disturbance)
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(code));
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        var call = SipCall.From(phone, Lab);
        var answer = await probe.InviteAsync(call, Soon);
        phone.TalkTo(answer.Media);
        await phone.HearsAsync(phone.AgentCode, Soon);
        var contact = await Lab.Emulator.ContactAsync(
            phone.Settings.Number, seen => seen.HeardCode == code, "heard the caller");

        await Lab.Emulator.DisturbAsync(contact.Id, disturbance);

        await Lab.Emulator.ContactAsync(
            phone.Settings.Number,
            seen => seen.CustomerJoins == 2,
            "was joined again");
        await phone.HearsAsync(phone.AgentCode, Soon);
        await probe.ByeAsync(call, answer, Soon);
        await IsOverAsync(code);
    }

    private async Task IsAnsweredAndHeardAsync(int code)
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(code));
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        var call = SipCall.From(phone, Lab);
        var answer = await probe.InviteAsync(call, GivesUp);
        Assert.Equal(200, answer.StatusCode);
        phone.TalkTo(answer.Media);
        await phone.HearsAsync(phone.AgentCode, Soon);
        await probe.ByeAsync(call, answer, Soon);
        await IsOverAsync(code);
    }

    private async Task<SipAnswer> CallAsync(int code, TimeSpan within)
    {
        await using var phone = new RtpPhone(new RtpPhoneSettings(code));
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        return await probe.InviteAsync(SipCall.From(phone, Lab), within);
    }

    private Task IsOverAsync(int code) => Lab.Emulator.ContactAsync(
        new RtpPhoneSettings(code).Number, seen => seen.IsOver, "is over");

    private static string Refusal(int statusCode, string error, int? times) => $$"""
        {"api":[{"operation":"startWebRtcContact","effect":"refuse","statusCode":{{statusCode}},
                 "errorType":"{{error}}","times":{{times?.ToString() ?? "null"}}}]}
        """;
}
