using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>One who speaks to the participant service about a contact.</summary>
internal sealed class Participant(string id, string token, Attendee attendee)
{
    private readonly Dictionary<string, Instant> _connectionTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SentMessage> _messages = new(StringComparer.Ordinal);

    public string Id { get; } = id;

    public string Token { get; set; } = token;

    public Attendee Attendee { get; } = attendee;

    public Contact Contact => Attendee.Meeting.Contact;

    public IEnumerable<string> ConnectionTokens => _connectionTokens.Keys;

    /// <summary>DisconnectParticipant was called: no token works any more.</summary>
    public bool IsDisconnected { get; set; }

    public void AddConnectionToken(string token, Instant expiresAt) => _connectionTokens[token] = expiresAt;

    public bool IsValidConnectionToken(string token, Instant now) =>
        _connectionTokens.TryGetValue(token, out var expiresAt) && now < expiresAt;

    public SentMessage? FindMessage(string? clientToken) =>
        clientToken is null ? null : _messages.GetValueOrDefault(clientToken);

    public void Remember(string? clientToken, SentMessage message)
    {
        if (clientToken is not null && _messages.Count < EmulatorLimits.RetainedMessages)
        {
            _messages[clientToken] = message;
        }
    }
}
