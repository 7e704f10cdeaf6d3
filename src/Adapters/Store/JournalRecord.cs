using System.Text.Json.Serialization;
using Farspan.Calls;

namespace Farspan.Store;

/// <summary>
/// The JSON of a journal entry. It holds no token; attributes may be personal, so the file is private.
/// </summary>
internal sealed record JournalRecord
{
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Intent { get; init; }

    public string? Call { get; init; }

    public JournalRequest? Request { get; init; }

    public string? Contact { get; init; }

    public ContactFate? Fate { get; init; }

    public static JournalRecord From(ContactJournalEntry entry, DateTimeOffset at)
    {
        var record = new JournalRecord { Kind = entry.GetType().Name, At = at, Intent = entry.IntentId };
        return entry switch
        {
            ContactJournalEntry.StartIntended start =>
                record with { Call = start.CallId, Request = JournalRequest.From(start.Request) },
            ContactJournalEntry.Adopted adopted => record with
            {
                Call = adopted.CallId,
                Request = JournalRequest.From(adopted.Request),
                Contact = adopted.ContactId,
            },
            ContactJournalEntry.Started started => record with { Contact = started.ContactId },
            ContactJournalEntry.Settled settled => record with { Fate = settled.Fate },
            _ => record,
        };
    }

    /// <summary>Null if something that the kind needs is missing.</summary>
    public ContactJournalEntry? ToEntry() => (this) switch
    {
        { Kind: nameof(ContactJournalEntry.StartIntended), Call: { } call, Request: { } request } =>
            new ContactJournalEntry.StartIntended(Intent, call, request.ToRequest(Intent)),
        { Kind: nameof(ContactJournalEntry.Adopted), Call: { } call, Request: { } request, Contact: { } contact } =>
            new ContactJournalEntry.Adopted(Intent, call, request.ToRequest(Intent), contact),
        { Kind: nameof(ContactJournalEntry.Started), Contact: { } contact } =>
            new ContactJournalEntry.Started(Intent, contact),
        { Kind: nameof(ContactJournalEntry.StopWanted) } => new ContactJournalEntry.StopWanted(Intent),
        { Kind: nameof(ContactJournalEntry.Settled), Fate: { } fate } =>
            new ContactJournalEntry.Settled(Intent, fate),
        _ => null,
    };
}

/// <summary>What a start is replayed from; its ClientToken is the intent's id.</summary>
internal sealed record JournalRequest
{
    public required string Instance { get; init; }

    public required string Flow { get; init; }

    public required string Name { get; init; }

    /// <summary>In order.</summary>
    public List<KeyValuePair<string, string>> Attributes { get; init; } = [];

    public string? Related { get; init; }

    public string? Description { get; init; }

    public ContactSharing? Shared { get; init; }

    public static JournalRequest From(StartContactRequest request) => new()
    {
        Instance = request.InstanceId,
        Flow = request.ContactFlowId,
        Name = request.DisplayName,
        Attributes = [.. request.Attributes.Items],
        Related = request.RelatedContactId,
        Description = request.Description,
        Shared = request.SharedWith,
    };

    public StartContactRequest ToRequest(string intent)
    {
        var attributes = new ContactAttributes();
        foreach (var (key, value) in Attributes)
        {
            attributes.TryAdd(key, value);
        }

        return new StartContactRequest
        {
            InstanceId = Instance,
            ContactFlowId = Flow,
            DisplayName = Name,
            ClientToken = intent,
            Attributes = attributes,
            RelatedContactId = Related,
            Description = Description,
            SharedWith = Shared,
        };
    }
}

/// <summary>Serializers made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
