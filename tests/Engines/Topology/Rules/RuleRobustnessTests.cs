using System.Reflection;
using CsCheck;

namespace Farspan.Topology.Tests;

/// <summary>Rules take whatever the loader lets through: they find, and never throw.</summary>
public sealed class RuleRobustnessTests
{
    /// <summary>Every change that any test makes to the sound network, breaches and near misses alike.</summary>
    private static readonly string[] Changes =
    [
        .. from type in typeof(RuleRobustnessTests).Assembly.GetTypes()
           where type.Name.EndsWith("RuleTests", StringComparison.Ordinal)
           from test in type.GetMethods()
           from data in test.GetCustomAttributes<InlineDataAttribute>()
           from argument in data.GetData(test).Single()
           where argument is string text && text.Contains(" = ", StringComparison.Ordinal)
           select (string)argument,
    ];

    [Fact]
    public void AnyMixtureOfChanges_IsJudgedWithoutAnException() =>
        Gen.Int[0, Changes.Length - 1].Array[2, 6].Sample(indexes =>
        {
            // A change may need an item that another one has replaced: those two do not go together.
            if (TryJoin(indexes.Select(index => Changes[index])) is { } root)
            {
                ConfigurationCheck.Run(ConfigurationLoader.Load(root, Written.File), SoundNetwork.Today);
            }
        });

    [Theory]
    [InlineData("carriers = []")]
    [InlineData("regions = [{ name: a, google: us-east4, aws: us-east-1 }]; carriers = []")]
    [InlineData("regions[0].links = []; regions[1].links = []")]
    [InlineData("links.enabled = false")]
    [InlineData("dns = ~")]
    [InlineData("objectives = []")]
    [InlineData("regions[0].weight = 0; regions[1].weight = 0")]
    [InlineData("addresses.pool = fd00::/8")]
    public void AnEmptyPart_IsJudgedWithoutAnException(string changes)
    {
        var outcome = ConfigurationCheck.Run(SoundNetwork.TryLoad(changes), SoundNetwork.Today);

        Assert.NotEmpty(outcome.Findings);
    }

    private static ConfigurationNode? TryJoin(IEnumerable<string> changes)
    {
        try
        {
            return SoundNetwork.Change(string.Join("; ", changes));
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
