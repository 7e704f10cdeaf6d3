using Farspan.Calls;
using Farspan.Kernel;
using static Farspan.Calls.DigitEffect;

namespace Farspan.Calls.Tests;

public sealed class DigitTests
{
    private readonly Outbox<DigitEffect> _outbox = new();
    private readonly DigitSender _sender = new("call", new DigitTimings());

    [Fact]
    public void DigitsThatComeCloseTogether_TravelInOneMessage()
    {
        _sender.Open(Instant.Zero, _outbox);
        PressAt(0, '1');
        PressAt(150, '2');
        PressAt(300, '3');

        Assert.Equal(Instant.FromMilliseconds(500), _sender.Deadline);
        _sender.Expire(Instant.FromMilliseconds(500), _outbox);

        Assert.Equal([new SendMessage("123", "call-1")], _outbox.Drain());
    }

    [Fact]
    public void NoDigitWaitsLongerThanTheOldestMay()
    {
        _sender.Open(Instant.Zero, _outbox);
        for (var i = 0; i < 5; i++)
        {
            PressAt(i * 150, (char)('0' + i));
        }

        Assert.Equal(Instant.FromMilliseconds(600), _sender.Deadline);
        _sender.Expire(Instant.FromMilliseconds(600), _outbox);

        Assert.Equal([new SendMessage("01234", "call-1")], _outbox.Drain());
    }

    [Fact]
    public void DigitsPressedBeforeTheTokenIsThere_AreKept()
    {
        PressAt(0, '7');
        _sender.Expire(Instant.FromMilliseconds(200), _outbox);
        Assert.Empty(_outbox.Drain());

        _sender.Open(Instant.FromMilliseconds(900), _outbox);

        Assert.Equal([new SendMessage("7", "call-1")], _outbox.Drain());
    }

    [Fact]
    public void OneMessageIsOnItsWayAtATime_AndTheOrderIsKept()
    {
        _sender.Open(Instant.Zero, _outbox);
        PressAt(0, '1');
        _sender.Expire(Instant.FromMilliseconds(200), _outbox);
        PressAt(300, '2');
        _sender.Expire(Instant.FromMilliseconds(500), _outbox);
        Assert.Equal([new SendMessage("1", "call-1")], _outbox.Drain());

        _sender.Succeed(Instant.FromMilliseconds(800), _outbox);

        Assert.Equal([new SendMessage("2", "call-2")], _outbox.Drain());
    }

    [Fact]
    public void AFailedMessage_IsRepeatedWithItsToken_AndThenGivenUp()
    {
        _sender.Open(Instant.Zero, _outbox);
        PressAt(0, '5');
        var now = Instant.FromMilliseconds(200);
        _sender.Expire(now, _outbox);
        var sent = new List<DigitEffect>(_outbox.Drain());
        for (var i = 0; i < 5; i++)
        {
            _sender.Fail(mayRetry: true, "throttled", now, _outbox);
            now = _sender.Deadline ?? now;
            _sender.Expire(now, _outbox);
            sent.AddRange(_outbox.Drain());
        }

        Assert.Equal(5, sent.OfType<SendMessage>().Count());
        Assert.All(sent.OfType<SendMessage>(), m => Assert.Equal(new SendMessage("5", "call-1"), m));
        Assert.Equal(new Drop("5", "throttled"), sent[^1]);
    }

    [Theory]
    [InlineData(DigitSource.TelephoneEvent, DigitSource.InBand)]
    [InlineData(DigitSource.InBand, DigitSource.TelephoneEvent)]
    [InlineData(DigitSource.SipInfo, DigitSource.InBand)]
    public void AKeySentTwoWays_IsOneDigit(DigitSource first, DigitSource second)
    {
        var merger = new DigitMerger();

        Assert.True(merger.TryAccept('4', first, Instant.Zero));
        Assert.False(merger.TryAccept('4', second, Instant.Zero + DigitMerger.EchoWindow));
    }

    [Fact]
    public void AKeySeenAnotherWayAfterTheWindow_IsAnotherDigit()
    {
        var merger = new DigitMerger();
        merger.TryAccept('4', DigitSource.TelephoneEvent, Instant.Zero);

        var late = Instant.Zero + DigitMerger.EchoWindow + TimeSpan.FromTicks(1);
        Assert.True(merger.TryAccept('4', DigitSource.InBand, late));
    }

    [Fact]
    public void AKeyPressedTwiceQuickly_IsTwoDigits_EvenWhenBothComeTwoWays()
    {
        var merger = new DigitMerger();
        var accepted = new[]
        {
            merger.TryAccept('4', DigitSource.TelephoneEvent, Instant.FromMilliseconds(0)),
            merger.TryAccept('4', DigitSource.InBand, Instant.FromMilliseconds(60)),
            merger.TryAccept('4', DigitSource.TelephoneEvent, Instant.FromMilliseconds(200)),
            merger.TryAccept('4', DigitSource.InBand, Instant.FromMilliseconds(260)),
        };

        Assert.Equal([true, false, true, false], accepted);
    }

    private void PressAt(long milliseconds, char digit) =>
        _sender.Press(digit, Instant.FromMilliseconds(milliseconds), _outbox);
}
