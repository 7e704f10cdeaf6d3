using Farspan.Cluster;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>After a crash: contacts that an edge may have given to another node.</summary>
public sealed class OrphanContactTests
{
    private static readonly OpenContact Shared = new(
        "intent",
        EdgeScript.CallId,
        DeskHarness.StartRequest with
        {
            ClientToken = "intent",
            SharedWith = new ContactSharing("edge-e1", "tcp:192.0.2.11:5060", "1;node=connector-e1"),
        },
        "contact",
        IsStopWanted: false);

    private readonly ConnectorHarness _connector;
    private string? _fate;
    private int _status = 200;

    public OrphanContactTests()
    {
        var edge = new EdgeScript(EdgeScript.Connector());
        _connector = EdgeScript.Connector("connector-e1", edge.Target);
        _connector.OnRequest = (request, _) =>
        {
            var response = SipResponseBuilder.For(request, _status).WithToTag("edge");
            return (_fate is null ? response : response.AddHeader(ClusterHeaders.Contact, _fate)).Build();
        };
    }

    [Fact]
    public void AContactThatAnotherNodeHas_IsLeftToIt()
    {
        _fate = ClusterHeaders.ContactAlive;
        _connector.Recover(Shared);
        _connector.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(ContactFate.HandedOver, Settled());
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.Null(_connector.Engine.Deadline);
    }

    [Fact]
    public void AContactThatNobodyHas_IsStopped()
    {
        _fate = ClusterHeaders.ContactGone;
        _connector.Recover(Shared);

        Assert.Equal("contact", Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>()).ContactId);
        Assert.Equal(ContactFate.Stopped, Settled());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    [InlineData(481)]
    public void AnEdgeThatDoesNotSay_IsAskedAgain_AndNothingIsStopped(int status)
    {
        _status = status;
        _connector.Recover(Shared);
        _connector.Pass(TimeSpan.FromMinutes(9));
        Assert.InRange(_connector.Requests.Count(), 100, 120);
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());

        _connector.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(ContactFate.Abandoned, Settled());
        Assert.Null(_connector.Engine.Deadline);
    }

    [Fact]
    public void AContactThatNobodyElseCanHave_IsStoppedAtOnce()
    {
        _connector.Recover(Shared with { Request = Shared.Request with { SharedWith = null } });

        Assert.Empty(_connector.Requests);
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>());
    }

    [Fact]
    public void TheJournal_KnowsWithWhomAContactIsShared_BeforeThereIsOne()
    {
        var connector = EdgeScript.Connector();
        var edge = new EdgeScript(connector);
        edge.Listen();
        edge.Invite();

        var order = connector.Log.ToList();
        var written = order.FindIndex(e => e is ConnectorEffect.WriteJournal
        {
            Entry: ContactJournalEntry.StartIntended { Request.SharedWith: not null },
        });
        Assert.InRange(written, 0, order.FindIndex(e => e is ConnectorEffect.StartContact));
        var journal = new ContactJournal();
        foreach (var write in order.OfType<ConnectorEffect.WriteJournal>())
        {
            journal.Apply(write.Entry);
        }

        var sharing = Assert.Single(journal.Open).Request.SharedWith!;
        Assert.Equal(("edge-e1", "tcp:192.0.2.11:5060"), (sharing.Edge, sharing.Address));
    }

    private ContactFate Settled() => Assert.Single(_connector.Log.OfType<ConnectorEffect.WriteJournal>()
        .Select(w => w.Entry).OfType<ContactJournalEntry.Settled>()).Fate;
}
