namespace Farspan.Render;

/// <summary>Small flows in the language of Amazon Connect, for instances that bring none of their own.</summary>
internal static class ConnectFlowContent
{
    private const string LanguageVersion = "2019-10-30";

    /// <summary>A call enters the queue; when that fails, it ends.</summary>
    public static HclValue ToQueue(HclValue queueArn) => Flow(
        "queue",
        Action("queue", "UpdateContactTargetQueue", [("QueueId", queueArn)], "transfer", "NoMatchingError"),
        Action("transfer", "TransferContactToQueue", [], "end", "QueueAtCapacity", "NoMatchingError"),
        End());

    public static HclValue Disconnect() => Flow("end", End());

    private static HclValue Flow(string start, params HclValue[] actions) => Hcl.Map(
        ("Version", LanguageVersion),
        ("StartAction", start),
        ("Metadata", Hcl.Map()),
        ("Actions", Hcl.List(actions)));

    private static HclValue Action(
        string id, string type, (string, HclValue)[] parameters, string next, params string[] errors) => Hcl.Map(
        ("Identifier", id),
        ("Type", type),
        ("Parameters", Hcl.Map(parameters)),
        ("Transitions", Hcl.Map(
            ("NextAction", next),
            ("Errors", Hcl.List(errors.Select(e => Hcl.Map(("NextAction", "end"), ("ErrorType", e))))),
            ("Conditions", Hcl.List(Enumerable.Empty<HclValue>())))));

    private static HclValue End() => Hcl.Map(
        ("Identifier", "end"),
        ("Type", "DisconnectParticipant"),
        ("Parameters", Hcl.Map()),
        ("Transitions", Hcl.Map()));
}
