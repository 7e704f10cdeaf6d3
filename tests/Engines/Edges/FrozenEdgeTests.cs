using Farspan.Calls;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Edges.Tests;

/// <summary>The process stood still: its callers may be another edge's by now.</summary>
public sealed class FrozenEdgeTests
{
    private readonly EdgeHarness _edge = new(connectors: 2, anchor: CallerAdoptionTests.Anchor("edge-e1"));

    public FrozenEdgeTests() => _edge.Establish();

    [Fact]
    public void AfterAGap_NothingGoesToTheCarrierBeforeTheConnectorHasConfirmed()
    {
        var holder = _edge.Holder;
        holder.InfoStatus = null;
        _edge.Freeze(TimeSpan.FromSeconds(5));
        var said = _edge.ToCarrier.Count();
        _edge.Send(_edge.Request(
            "INVITE", 2, EdgeHarness.Offer.Replace("1 1 IN", "1 2 IN", StringComparison.Ordinal)));
        var unanswered = _edge.ToCarrier.Skip(said).OfType<SipResponse>().Where(r => r.StatusCode > 100);

        Assert.Empty(unanswered);
        Assert.Contains(_edge.Media, m => m is MediaCommand.Hush { IsHushed: true });
        Assert.Contains(_edge.Events, e => e.Kind == CallEventKind.Doubtful);

        holder.InfoStatus = 200;
        _edge.Pass(TimeSpan.FromMilliseconds(600));
        Assert.Contains(_edge.Media, m => m is MediaCommand.Hush { IsHushed: false });
        Assert.Contains(_edge.Responses, r => r.StatusCode == 200 && r.CSeq.Number == 2);
    }

    [Fact]
    public void ACallerThatAnotherEdgeHas_IsLeftToIt()
    {
        var holder = _edge.Holder;
        (holder.InfoStatus, holder.Epochs) = (412, "caller=2;node=edge-w1");
        _edge.Freeze(TimeSpan.FromSeconds(5));
        var said = _edge.ToCarrier.Count();
        _edge.Send(_edge.Request("BYE", 2));
        _edge.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(said, _edge.ToCarrier.Count());
        Assert.DoesNotContain(holder.Requests, r => r.Method == SipMethod.Bye);
        Assert.Equal("Fenced", _edge.Ended["outcome"]);
        Assert.Contains(_edge.Media, m => m is MediaCommand.Fence);
    }

    [Fact]
    public void AShortGap_IsNoGap()
    {
        _edge.Freeze(TimeSpan.FromMilliseconds(390));
        _edge.Send(_edge.Request("OPTIONS", 2));

        Assert.DoesNotContain(_edge.Events, e => e.Kind == CallEventKind.Doubtful);
    }

    [Fact]
    public void WhenTheConnectorIsGoneToo_ItsSuccessorConfirms()
    {
        var (first, second) = (_edge.Holder, _edge.Other);
        first.InfoStatus = null;
        _edge.Freeze(TimeSpan.FromSeconds(5));
        first.IsDown = true;
        _edge.Pass(TimeSpan.FromSeconds(3));

        Assert.NotEmpty(second.Invites);
        Assert.False(_edge.Call.IsDoubtful);
    }
}
