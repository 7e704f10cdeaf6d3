namespace Farspan.Topology;

/// <summary>The keys of a queue.</summary>
internal static class QueueSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", CloudKinds.DisplayName, "The queue's name.");

    public static readonly Setting<string> Hours = Setting.Optional(
        "hours", CloudKinds.DisplayName, "the first of `hours`", "When it is open.");

    public static readonly Setting<int> ContactsMax = Setting.Optional(
        "contactsMax", ValueKinds.Integer(0, 100_000, "500"), "no limit of its own",
        "Callers that may wait.");

    public static readonly Setting<int> Agents = Setting.Optional(
        "agents", ValueKinds.Integer(0, 1_000_000, "50"), "an even share of all",
        "Who serve it at the peak.");

    public static Section<Written> Section { get; } = WrittenSection.WithShorthand(
        Name, "A queue.", Name, Hours, ContactsMax, Agents);
}
