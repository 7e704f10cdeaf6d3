using Farspan.Calls;

namespace Farspan.Calls.Tests;

public sealed class ContactAttributesTests
{
    [Theory]
    [InlineData("X-Trunk_1", true)]
    [InlineData("", false)]
    [InlineData("with space", false)]
    [InlineData("dotted.key", false)]
    [InlineData("schlüssel", false)]
    public void Keys_AreLettersDigitsDashAndUnderscore(string key, bool isAllowed) =>
        Assert.Equal(isAllowed, new ContactAttributes().TryAdd(key, "value"));

    [Fact]
    public void AKey_CannotBeAddedTwice()
    {
        var attributes = new ContactAttributes();

        Assert.True(attributes.TryAdd("key", "first"));
        Assert.False(attributes.TryAdd("key", "second"));
        Assert.Equal([new("key", "first")], attributes.Items);
    }

    [Fact]
    public void KeysAndValuesTogether_HaveALimitInBytes()
    {
        var attributes = new ContactAttributes();

        Assert.True(attributes.TryAdd("aa", new string('ä', (ConnectLimits.MaxAttributesBytes - 4) / 2)));
        Assert.False(attributes.TryAdd("b", "cd"));
        Assert.True(attributes.TryAdd("b", "c"));
        Assert.False(attributes.TryAdd("d", ""));
    }
}
