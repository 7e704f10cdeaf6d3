namespace Farspan.Media.Tests;

/// <summary>A session with an edge on its side, whose call somebody else may have taken over.</summary>
public sealed class BridgeHushTests
{
    private readonly BridgedCall _call = new BridgedCall(isAnchored: true).Begin();

    [Fact]
    public void AHushedSession_SendsNothing_AndSaysNoGoodBye()
    {
        _call.Run(1);
        _call.Hush(true);
        _call.Run(0.1);
        var (media, reports) = (_call.Phone.Received.Count, _call.Phone.Reports.Count);
        _call.Run(8);
        _call.Close();
        _call.Run(1);

        Assert.Equal(media, _call.Phone.Received.Count);
        Assert.Equal(reports, _call.Phone.Reports.Count);
    }

    [Fact]
    public void AfterItWasHushed_ASessionGoesOn()
    {
        _call.Hush(true);
        _call.Run(2);
        _call.Hush(false);
        var before = _call.Phone.Received.Count;
        _call.Run(1);

        Assert.InRange(_call.Phone.Received.Count, before + 45, before + 55);
    }

    [Fact]
    public void ASessionThatDidNotRun_IsSilentBeforeItsFirstPacket_AndSaysSo()
    {
        _call.Run(1);
        _call.IsStalled = true;
        _call.Run(1);
        var before = _call.Phone.Received.Count;
        _call.IsStalled = false;
        _call.Run(3);

        Assert.Equal(before, _call.Phone.Received.Count);
        var stalled = Assert.Single(_call.Events.OfType<MediaEvent.Stalled>());
        Assert.InRange(stalled.Gap.TotalMilliseconds, 980, 1_040);
    }

    [Fact]
    public void AStallOf400Milliseconds_IsNone()
    {
        _call.IsStalled = true;
        _call.Run(0.38);
        _call.IsStalled = false;
        _call.Run(1);

        Assert.Empty(_call.Events.OfType<MediaEvent.Stalled>());
    }

    [Fact]
    public void ACarriersSession_GoesOnAfterAnyStall()
    {
        var call = new BridgedCall().Begin();
        call.IsStalled = true;
        call.Run(5);
        call.IsStalled = false;
        var before = call.Phone.Received.Count;
        call.Run(1);

        Assert.True(call.Phone.Received.Count > before + 40);
        Assert.Empty(call.Events.OfType<MediaEvent.Stalled>());
        Assert.Empty(call.Events.OfType<MediaEvent.CarrierFlowChanged>());
    }

    [Fact]
    public void TheSilenceOfTheEdge_IsToldAfter400Milliseconds_AndItsReturnAtOnce()
    {
        _call.Run(1);
        Assert.True(Assert.Single(_call.Events.OfType<MediaEvent.CarrierFlowChanged>()).IsFlowing);

        _call.Phone.Speaks = false;
        _call.Run(0.38);
        Assert.Single(_call.Events.OfType<MediaEvent.CarrierFlowChanged>());
        _call.Run(0.1);
        Assert.False(_call.Events.OfType<MediaEvent.CarrierFlowChanged>().Last().IsFlowing);

        _call.Phone.Speaks = true;
        _call.Run(0.1);
        Assert.True(_call.Events.OfType<MediaEvent.CarrierFlowChanged>().Last().IsFlowing);
        Assert.Equal(3, _call.Events.OfType<MediaEvent.CarrierFlowChanged>().Count());
    }
}
