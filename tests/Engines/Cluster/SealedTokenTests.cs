using CsCheck;
using Farspan.Kernel;

namespace Farspan.Cluster.Tests;

public sealed class SealedTokenTests
{
    private readonly TokenSealer _sealer = Tokens.Sealer();

    [Fact]
    public void ASealedToken_TellsItsCarriersWhatItIs_AndOpensAtAnotherNode()
    {
        var token = _sealer.Seal("content"u8);

        Assert.True(SealedToken.TryDecode(token.Bytes.Span, out var travelled, out _));
        Assert.Equal(token.Header, travelled.Header);
        Assert.Equal(Tokens.CallId, travelled.Header.CallId);
        Assert.Equal(Tokens.Epoch, travelled.Header.Stamp.Epoch);
        Assert.True(new TokenOpener(Tokens.Keys())
            .TryOpen(travelled, Tokens.CallId, null, Tokens.Wall, out var content, out _));
        Assert.Equal("content"u8, content);
    }

    [Fact]
    public void EveryContent_OpensAsItWasSealed() =>
        Gen.Byte.Array[0, 4_000].Sample(content =>
            new TokenOpener(Tokens.Keys()).TryOpen(
                Tokens.Sealer().Seal(content), Tokens.CallId, null, Tokens.Wall, out var opened, out _)
            && opened.AsSpan().SequenceEqual(content));

    [Fact]
    public void EveryFlippedBit_IsNoticed()
    {
        var bytes = _sealer.Seal(Tokens.Resume.Encode()).Bytes.ToArray();
        var keys = Tokens.Keys();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var isTaken = SealedToken.TryDecode(bytes, out var token, out var error)
                && (error = keys.Open(token)) == TokenError.None;
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(isTaken, $"bit {bit}");
            Assert.NotEqual(TokenError.None, error);
        }
    }

    [Fact]
    public void EveryTruncation_IsNoticed()
    {
        var bytes = _sealer.Seal("content"u8).Bytes;
        for (var length = 0; length < bytes.Length; length++)
        {
            var isTaken = SealedToken.TryDecode(bytes.Span[..length], out var token, out _)
                && Tokens.Keys().Open(token) == TokenError.None;
            Assert.False(isTaken, $"{length} bytes");
        }
    }

    [Fact]
    public void AnyBytes_GiveATokenOrAnError() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            bytes = [0xFA, TokenHeader.Version, .. bytes];
            return SealedToken.TryDecode(bytes, out var token, out var error)
                ? Tokens.Keys().Open(token) != TokenError.None
                : error != TokenError.None;
        });

    [Fact]
    public void ATokenThatIsTooLarge_IsNotLookedAt()
    {
        Assert.False(SealedToken.TryDecode(new byte[TokenLimits.SealedBytesMax + 1], out _, out var error));
        Assert.Equal(TokenError.TooLarge, error);
    }

    [Fact]
    public void ALaterLayout_IsCalledByItsName()
    {
        var bytes = _sealer.Seal("content"u8).Bytes.ToArray();
        bytes[1] = TokenHeader.Version + 1;

        Assert.False(SealedToken.TryDecode(bytes, out _, out var error));
        Assert.Equal(TokenError.UnknownVersion, error);
    }

    [Fact]
    public void AnotherRole_DoesNotOpen_EvenWithTheSameSecret() => Assert.Equal(
        TokenError.WrongRole, Tokens.Keys(TokenRole.Caller).Open(_sealer.Seal("content"u8)));

    [Fact]
    public void AnotherCluster_DoesNotOpen() => Assert.Equal(
        TokenError.ForeignCluster, Tokens.Keys(cluster: "other").Open(_sealer.Seal("content"u8)));

    [Fact]
    public void AnotherClusterOfTheSameName_DoesNotOpen() => Assert.Equal(
        TokenError.Forged, Tokens.Keys(ring: Tokens.Ring(fill: 2)).Open(_sealer.Seal("content"u8)));

    [Fact]
    public void TheTokenOfAnotherCall_IsRefused()
    {
        var token = _sealer.Seal("another-call", Tokens.Epoch, "content"u8, Tokens.Wall);

        Assert.Equal(TokenError.WrongCall, Tokens.Keys().Open(token));
    }

    [Fact]
    public void AToken_OpensUntilItsTimeIsOver()
    {
        var token = _sealer.Seal("content"u8);
        var opener = new TokenOpener(Tokens.Keys());
        var end = Tokens.Wall + TokenLimits.Lifetime;

        Assert.True(opener.TryOpen(token, Tokens.CallId, null, end.AddMilliseconds(-1), out _, out _));
        Assert.False(opener.TryOpen(token, Tokens.CallId, null, end, out _, out var error));
        Assert.Equal(TokenError.Expired, error);
    }

    [Fact]
    public void AnOlderTokenOfTheSameHalf_IsAReplay()
    {
        var (first, second) = (_sealer.Seal("one"u8), _sealer.Seal("two"u8));

        Assert.True(second.Header.Supersedes(first.Header));
        Assert.Equal(TokenError.Replayed, Tokens.Keys().Open(first, second.Header.Stamp));
        Assert.Equal(TokenError.None, Tokens.Keys().Open(second, second.Header.Stamp));
    }

    [Fact]
    public void ATokenOfALowerEpoch_IsAReplay_HoweverOftenItsNodeHasSealed()
    {
        SealedToken last = _sealer.Seal("one"u8);
        for (var i = 0; i < 5; i++)
        {
            last = _sealer.Seal("one"u8);
        }

        var newer = new TokenStamp(Tokens.Epoch.Next("connector-w1"), 1);
        Assert.Equal(TokenError.Replayed, Tokens.Keys().Open(last, newer));
    }

    [Fact]
    public void NoTwoSeals_ShareANonceUnderOneKey()
    {
        var stamps = Enumerable.Range(0, 100).Select(_ => _sealer.Seal("x"u8).Header.Stamp.Sequence);
        Assert.Equal(100, stamps.Distinct().Count());

        // The count begins again at the next start; the key is another one then.
        var earlier = Tokens.Sealer(boot: "one").Seal("content"u8);
        var later = Tokens.Sealer(boot: "two").Seal("content"u8);
        Assert.Equal(earlier.Header.Stamp, later.Header.Stamp);
        Assert.NotEqual(earlier.Bytes.Span[^23..].ToArray(), later.Bytes.Span[^23..].ToArray());
    }

    [Fact]
    public void AfterARotation_OldTokensOpen_AndNewOnesAreOfTheNewGeneration()
    {
        var keys = Tokens.Keys();
        var sealer = Tokens.Sealer(keys);
        var before = sealer.Seal("content"u8);
        keys.Ring = keys.Ring.Rotate(
            new Redacted<byte[]>(Tokens.Secret(9)), Tokens.Wall, Tokens.Wall, TimeSpan.FromHours(30));
        var after = sealer.Seal("content"u8);

        Assert.Equal([1, 2], [before.Header.Generation, after.Header.Generation]);
        Assert.Equal(TokenError.None, keys.Open(before));
        Assert.Equal(TokenError.None, keys.Open(after));
        Assert.Equal(TokenError.UnknownGeneration, Tokens.Keys().Open(after));
    }

    [Fact]
    public void ManyStrangers_DoNotFillTheMemory_AndHarmNobody()
    {
        var keys = Tokens.Keys();
        var own = Tokens.Sealer(keys).Seal("content"u8);
        for (var i = 0; i < 3 * TokenLimits.DerivedKeysMax; i++)
        {
            var stranger = Tokens.Sealer(Tokens.Keys(ring: Tokens.Ring(fill: 5)), boot: $"s{i}").Seal("x"u8);
            Assert.Equal(TokenError.Forged, keys.Open(stranger));
        }

        Assert.Equal(TokenError.None, keys.Open(own));
    }

    [Fact]
    public void ATokenThatIsPrinted_TellsNoSecret()
    {
        var text = $"{Tokens.Resume} {Tokens.Caller} {_sealer.Seal(Tokens.Resume.Encode())}";

        Assert.DoesNotContain("join-token", text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", text, StringComparison.Ordinal);
        Assert.DoesNotContain("connection-token", text, StringComparison.Ordinal);
    }
}
