namespace Farspan.Amazon.Tests;

public sealed class CredentialCacheTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new() { Now = Start };
    private readonly ScriptedSource _source = new("first", "second") { Expiration = Start.AddHours(1) };
    private readonly CredentialCache _cache;

    public CredentialCacheTests() => _cache = new CredentialCache(_source, _clock);

    [Fact]
    public async Task ManyCallers_ShareOneLoad()
    {
        _source.Gate = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 20).Select(_ => TokenAsync()).ToArray();
        _source.Gate.SetResult();

        Assert.All(await Task.WhenAll(callers), token => Assert.Equal("first", token));
        Assert.Equal(1, _source.Loads);
    }

    [Fact]
    public async Task GoodCredentials_AreKept_UntilFiveMinutesBeforeTheEnd()
    {
        await TokenAsync();
        _clock.Now = Start.AddMinutes(55).AddTicks(-1);
        await TokenAsync();

        Assert.Equal(1, _source.Loads);
    }

    [Fact]
    public async Task Renewal_HappensInTheBackground_WhileTheOldStillWork()
    {
        await TokenAsync();
        _clock.Now = Start.AddMinutes(55);
        _source.Gate = new TaskCompletionSource();

        Assert.Equal("first", await TokenAsync()); // At once, although the load hangs.
        _source.Expiration = Start.AddHours(2);
        _source.Gate.SetResult();
        _clock.Now = Start.AddHours(1); // The old ones end: whoever asks now waits for the load under way.

        Assert.Equal("second", await TokenAsync());
        Assert.Equal(2, _source.Loads);
    }

    [Fact]
    public async Task AFailedRenewal_KeepsTheOld_AndIsNotRepeatedAtOnce()
    {
        await TokenAsync();
        _clock.Now = Start.AddMinutes(56);
        _source.Failure = "down";
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("first", await TokenAsync());
        }

        Assert.InRange(_source.Loads, 1, 2);
    }

    [Fact]
    public async Task ExpiredCredentials_AreNeverGiven()
    {
        await TokenAsync();
        _clock.Now = Start.AddHours(1);
        _source.Failure = "down";

        var outcome = await _cache.GetAsync(CancellationToken.None);

        Assert.Equal(new CredentialOutcome.Failed("down"), outcome);
    }

    [Fact]
    public async Task RefusedCredentials_AreLoadedAnew_ButNewerOnesStay()
    {
        var refused = ((CredentialOutcome.Found)await _cache.GetAsync(CancellationToken.None)).Credentials;

        _cache.Invalidate(refused);
        Assert.Equal("second", await TokenAsync());
        _cache.Invalidate(refused);
        Assert.Equal("second", await TokenAsync());
        Assert.Equal(2, _source.Loads);
    }

    [Fact]
    public async Task ACallerWhoGivesUp_DoesNotEndTheLoadOfTheOthers()
    {
        _source.Gate = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var first = _cache.GetAsync(impatient.Token);
        var second = TokenAsync();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _source.Gate.SetResult();

        Assert.Equal("first", await second);
    }

    private async Task<string> TokenAsync()
    {
        var outcome = await _cache.GetAsync(CancellationToken.None);
        return Assert.IsType<CredentialOutcome.Found>(outcome).Credentials.SessionToken!.Value.Reveal();
    }

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
