using Farspan.Cluster;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>
/// A connector dies after each of its effects, and starts again before or after another one has taken its call over:
/// the caller keeps his call, and every contact ends exactly once.
/// </summary>
public sealed class ConnectorDeathTests
{
    private const string Survivor = "connector-w1";

    private SharedConnect _connect = new();
    private EdgeScript _edge = null!;
    private bool _isCallAlive;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhereverItDies_TheCallerKeepsHisCall_AndEachContactEndsOnce(bool restartsFirst)
    {
        var effects = Live(int.MaxValue).Log.Count;
        Assert.InRange(effects, 20, 200);
        var resumed = 0;
        for (var last = 0; last <= effects; last++)
        {
            resumed += Die(last, restartsFirst) ? 1 : 0;
        }

        Assert.InRange(resumed, effects / 3, effects);
    }

    // The whole life of a call until it talks and a key was pressed.
    private ConnectorHarness Live(int effectsMax)
    {
        (_connect, _isCallAlive) = (new SharedConnect(), true);
        var connector = EdgeScript.Connector();
        _connect.Serve(connector);
        connector.EffectsMax = effectsMax;
        _edge = new EdgeScript(connector);
        _edge.Establish();
        if (connector.OpenMedia.Count > 0)
        {
            connector.Take(new ConnectorInput.MediaReported(
                new MediaEvent.DigitDetected(connector.LastMedia, '7', DigitSource.TelephoneEvent)));
        }

        connector.Pass(TimeSpan.FromSeconds(2));
        _connect.TakeDigits(connector);
        return connector;
    }

    /// <returns>Whether the contact was taken over; else the caller got a new one.</returns>
    private bool Die(int effects, bool restartsFirst)
    {
        var dead = Live(effects);
        var journal = new ContactJournal();
        foreach (var write in dead.Log.OfType<ConnectorEffect.WriteJournal>())
        {
            journal.Apply(write.Entry);
        }

        var again = restartsFirst ? Restart(journal) : null;
        var survivor = EdgeScript.Connector(Survivor);
        _connect.Serve(survivor);
        var edge = new EdgeScript(survivor).Listen();
        var token = _edge.Tokens.Count > 0 ? _edge.Tokens[^1] : null;
        edge.Invite($"caller=1;node=edge-e1, contact=2;node={Survivor}", token);
        edge.Acknowledge();
        survivor.Pass(TimeSpan.FromSeconds(2));
        again ??= Restart(journal);
        again.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(200, edge.Last().StatusCode);
        Assert.Single(_connect.Live);
        Assert.Equal(token is not null, survivor.Log.OfType<ConnectorEffect.StartContact>().Any() is false);
        _connect.TakeDigits(survivor);

        Assert.Equal(200, edge.Ask(SipMethod.Bye)!.StatusCode);
        _isCallAlive = false;
        again.Pass(TimeSpan.FromMinutes(12));
        Assert.Empty(_connect.Live);
        Assert.Equal(_connect.Started, _connect.Stopped.Count);
        Assert.Equal(_connect.Stopped.Distinct(), _connect.Stopped);
        survivor.AssertNothingIsLeft();
        Assert.Equal(0, again.Engine.Desk.OpenContacts);
        Assert.Null(again.Engine.Deadline);
        return token is not null;
    }

    // The edge knows which contact its call has: the one whose token it holds.
    private ConnectorHarness Restart(ContactJournal journal)
    {
        var again = EdgeScript.Connector("connector-e1", _edge.Target);
        _connect.Serve(again);
        again.OnRequest = (request, _) =>
        {
            Assert.Equal(SipMethod.Options, request.Method);
            Assert.True(request.TryGetHeader(ClusterHeaders.Call, out var callId));
            Assert.Equal(EdgeScript.CallId, callId);
            var isAlive = _isCallAlive && _edge.Tokens.Count > 0;
            return SipResponseBuilder.For(request, 200).WithToTag("edge")
                .AddHeader(ClusterHeaders.Contact, isAlive ? ClusterHeaders.ContactAlive : ClusterHeaders.ContactGone)
                .Build();
        };
        again.Recover([.. journal.Open]);
        return again;
    }
}
