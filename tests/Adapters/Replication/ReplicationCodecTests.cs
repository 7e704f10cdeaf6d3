using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Farspan.Cluster;
using Farspan.Store.Tests;
using static Farspan.Store.Tests.StoreSamples;

namespace Farspan.Replication.Tests;

public sealed class ReplicationCodecTests
{
    private static readonly PullAnswer Answer = new(
        "n.1",
        "store-1",
        new LogPage([Change("a", 1, "k", "v\"\u00e9"), Change("a", 3, "l", null)], Vector(("a", 3), ("b", 9)), true),
        [Token("c", 2, "n", 5, "sealed")],
        17,
        true);

    private static readonly NodeRegistration Registration = new()
    {
        Node = "e-1",
        Boot = "b-1",
        Region = "eu",
        Roles = ["edge"],
        Addresses = ImmutableSortedDictionary<string, string>.Empty.Add(NodeAddressUse.Sip, "tls:192.0.2.1:5061"),
        CallsMax = 500,
        Calls = 7,
        Drain = NodeDrainState.Draining,
        Version = "0.1.0",
        SeenAt = new HybridTimestamp(77),
    };

    [Fact]
    public void AnAnswer_IsReadAsItWasWritten()
    {
        Assert.True(ReplicationCodec.TryDecode(ReplicationCodec.Encode(Answer), out PullAnswer? read));

        Assert.Equal(Answer.Page.Changes.AsEnumerable(), read.Page.Changes);
        Assert.Equal(Answer.Page.Through, read.Page.Through);
        Assert.Equal(("store-1", 17, true), (read.StoreId, read.RowsThrough, read.HasMoreRows));
        Assert.True(read.Page.HasMore);
        var row = Assert.Single(read.Rows);
        Assert.Equal(Answer.Rows[0] with { Payload = row.Payload }, row);
        Assert.Equal("sealed", row.Text());
    }

    [Fact]
    public void AQuestion_IsReadAsItWasWritten()
    {
        var request = new PullRequest(Vector(("a", 3)), "store-1", 4);

        Assert.True(ReplicationCodec.TryDecode(
            ReplicationCodec.Encode(request, TimeSpan.FromSeconds(2)), out var read, out var hold));

        Assert.Equal(request, read);
        Assert.Equal(TimeSpan.FromSeconds(2), hold);
    }

    [Fact]
    public void ARegistration_IsReadAsItWasWrittenAndTravelsWithAQuestion()
    {
        var json = ReplicationCodec.Encode(Registration);
        Assert.True(ReplicationCodec.TryDecode(json, out NodeRegistration? read));
        Assert.Equal(json, ReplicationCodec.Encode(read));
        Assert.Equal("tls:192.0.2.1:5061", read.Addresses[NodeAddressUse.Sip]);

        var request = new PullRequest(VersionVector.Empty, null, 0) { From = Registration };
        Assert.True(ReplicationCodec.TryDecode(ReplicationCodec.Encode(request, default), out var asked, out _));
        Assert.Equal(json, ReplicationCodec.Encode(asked.From!));
    }

    [Theory]
    [InlineData("\"roles\":[\"edge\"]", "\"roles\":[null]")]
    [InlineData("\"tls:192.0.2.1:5061\"", "null")]
    [InlineData("\"Draining\"", "\"7\"")]
    [InlineData("\"node\":\"e-1\"", "\"node\":\"E 1\"")]
    [InlineData("\"seenAt\":", "\"seenAt\":-")]
    public void ARegistrationThatIsNone_IsNone(string what, string becomes)
    {
        var good = Encoding.UTF8.GetString(ReplicationCodec.Encode(Registration));
        Assert.Contains(what, good, StringComparison.Ordinal);

        var bad = Encoding.UTF8.GetBytes(good.Replace(what, becomes, StringComparison.Ordinal));

        Assert.False(ReplicationCodec.TryDecode(bad, out NodeRegistration? _));
    }

    [Fact]
    public void NobodyCanHoldAQuestionForEver()
    {
        var json = ReplicationCodec.Encode(new PullRequest(VersionVector.Empty, null, 0), TimeSpan.FromDays(1));

        Assert.True(ReplicationCodec.TryDecode(json, out _, out var hold));

        Assert.Equal(ReplicationLimits.HoldMax, hold);
    }

    [Fact]
    public void ArbitraryBytes_GiveNothing() => Gen.Byte.Array[0, 200].Sample(bytes =>
        !ReplicationCodec.TryDecode(bytes, out PullAnswer? _)
        && !ReplicationCodec.TryDecode(bytes, out _, out _)
        && !ReplicationCodec.TryDecode(bytes, out NodeRegistration? _)
        && !ReplicationCodec.TryDecode(bytes, out ConfigurationWhole? _));

    [Fact]
    public void AnAnswerWithAnythingChanged_GivesAValueWithinLimitsOrNothing()
    {
        var good = ReplicationCodec.Encode(Answer);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 3]).Sample((position, value, cut) =>
        {
            var changed = (byte[])good.Clone();
            changed[position] = value;
            var isOne = ReplicationCodec.TryDecode(changed.AsSpan(0, changed.Length - cut), out PullAnswer? read);
            return !isOne || read!.IsWellFormed();
        });
    }

    [Theory]
    [InlineData("\"through\":{\"a\":3,\"b\":9}", "\"through\":{\"a\":2,\"b\":9}")]
    [InlineData("\"through\":{\"a\":3,\"b\":9}", "\"through\":{\"a\":-3}")]
    [InlineData("\"kind\":3", "\"kind\":99")]
    [InlineData("\"expiresAt\":", "\"expiresAt\":9999999")]
    [InlineData("\"key\":\"k\"", "\"key\":\"\\ud800\"")]
    [InlineData("\"key\":\"k\"", "\"key\":null")]
    [InlineData("\"rowsThrough\":17", "\"rowsThrough\":-1")]
    [InlineData("\"storeId\":\"store-1\"", "\"storeId\":\"Store 1\"")]
    [InlineData("\"changes\":[", "\"changes\":[null,")]
    public void AnAnswerThatContradictsItself_IsNone(string what, string becomes)
    {
        var good = Encoding.UTF8.GetString(ReplicationCodec.Encode(Answer));
        Assert.Contains(what, good, StringComparison.Ordinal);

        var bad = Encoding.UTF8.GetBytes(good.Replace(what, becomes, StringComparison.Ordinal));

        Assert.False(ReplicationCodec.TryDecode(bad, out PullAnswer? _));
    }

    [Fact]
    public void ATokenOfTheLargestSize_Fits()
    {
        var rows = Enumerable.Range(0, ClusterLimits.RowsPerAnswerMax)
            .Select(i => Token($"c{i}", 1, "n", 1, "") with { Payload = new byte[ClusterLimits.RowBytesMax] });

        var json = ReplicationCodec.Encode(Answer with { Rows = [.. rows] });

        Assert.InRange(json.Length, 1, ReplicationLimits.AnswerBytesMax);
        Assert.True(ReplicationCodec.TryDecode(json, out PullAnswer? _));
    }
}
