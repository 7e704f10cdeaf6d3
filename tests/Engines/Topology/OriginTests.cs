using Farspan.Topology;

namespace Farspan.Topology.Tests;

/// <summary>Every value can say where it is written, or what it is derived from.</summary>
public sealed class OriginTests
{
    private static readonly ConfigurationNode.Mapping Link = Mapping(
        2, ("bfd", Mapping(3, ("multiplier", Scalar(4)))), ("vlan", new ConfigurationNode.Scalar(At(5), "")));

    private static readonly ConfigurationNode.Mapping Defaults = Mapping(10, ("keepalive", Scalar(11)));

    private static readonly Origin Both =
        new Origin(Link, "regions[0].links[1]").Or(new Origin(Defaults, "links"));

    [Fact]
    public void AKeyInside_IsFoundWhereItIsWritten()
    {
        Assert.True(Both.IsWritten("bfd.multiplier"));
        Assert.Equal(4, Both.PlaceOf("bfd.multiplier").Line);
        Assert.Equal("regions[0].links[1].bfd.multiplier", Both.PathOf("bfd.multiplier"));
    }

    [Fact]
    public void AKeyOfTheDefaults_IsFoundThere()
    {
        Assert.True(Both.IsWritten("keepalive"));
        Assert.Equal((11, "links.keepalive"), (Both.PlaceOf("keepalive").Line, Both.PathOf("keepalive")));
    }

    [Fact]
    public void AKeyThatNobodyWrote_IsDerived_AndStandsForTheElement()
    {
        Assert.False(Both.IsWritten("priority"));
        Assert.False(Both.IsWritten("bfd.role"));
        Assert.Equal(2, Both.PlaceOf("priority").Line);
        Assert.Equal("regions[0].links[1].priority", Both.PathOf("priority"));
    }

    [Fact]
    public void AKeyWithoutAValue_CountsAsDerived() => Assert.False(Both.IsWritten("vlan"));

    [Fact]
    public void AnElementThatIsDerived_StillKnowsWhatOfItIsWritten()
    {
        var derived = Both.Derived();

        Assert.True(derived.IsDerived);
        Assert.True(derived.IsWritten("keepalive"));
        Assert.Equal(Both.Place, derived.Place);
    }

    private static ConfigurationPlace At(int line) => new(Written.File, line, 1);

    private static ConfigurationNode.Scalar Scalar(int line) => new(At(line), "1");

    private static ConfigurationNode.Mapping Mapping(
        int line, params (string Key, ConfigurationNode Node)[] entries) =>
        new(At(line), [.. entries.Select(entry => new ConfigurationEntry(entry.Key, At(line), entry.Node))]);
}
