namespace Farspan.Calls.Tests;

/// <summary>One Amazon Connect before several connectors: contacts by their ClientToken, each with its stops.</summary>
internal sealed class SharedConnect
{
    private readonly Dictionary<string, string> _contactOfToken = [];
    private readonly HashSet<string> _live = [];

    public IReadOnlyCollection<string> Live => _live;

    public int Started => _contactOfToken.Count;

    /// <summary>Contacts that were stopped while they lived.</summary>
    public List<string> Stopped { get; } = [];

    public Dictionary<string, string> DigitsOfToken { get; } = [];

    public void Serve(ConnectorHarness connector)
    {
        connector.OnStart = start =>
        {
            var token = start.Request.ClientToken;
            if (_contactOfToken.TryAdd(token, $"contact-{token}"))
            {
                _live.Add(_contactOfToken[token]);
            }

            return new ConnectorInput.ContactStarted(
                start.IntentId, ConnectorHarness.Contact(_contactOfToken[token]));
        };
        connector.OnStop = stop =>
        {
            var wasLive = _live.Remove(stop.ContactId);
            if (wasLive)
            {
                Stopped.Add(stop.ContactId);
            }

            var error = wasLive ? null : new ConnectError(ConnectErrorKind.ContactNotFound);
            return new ConnectorInput.ContactStopCompleted(stop.IntentId, error);
        };
    }

    /// <summary>Notes what reached the contact: a ClientToken counts once, whatever is sent with it.</summary>
    public void TakeDigits(ConnectorHarness connector)
    {
        foreach (var sent in connector.Log.OfType<ConnectorEffect.SendDigits>())
        {
            if (!DigitsOfToken.TryAdd(sent.ClientToken, sent.Digits))
            {
                Assert.Equal(DigitsOfToken[sent.ClientToken], sent.Digits);
            }
        }
    }
}
