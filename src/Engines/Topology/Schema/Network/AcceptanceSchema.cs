namespace Farspan.Topology;

/// <summary>The keys of <c>accept</c>.</summary>
internal static class AcceptanceSchema
{
    private static readonly Setting<string> Rule = Setting.Required(
        "rule", ValueKinds.Identifier("the id of a rule", "CON-009", "-", 16), "The rule.");

    private static readonly Setting<string> Where = Setting.Optional(
        "where", ValueKinds.Text("tgw/us-east-1", 128), "everywhere",
        "The id of an element, or the beginning of a key.");

    private static readonly Setting<string> Reason = Setting.Required(
        "reason", ValueKinds.Text("The second metro is ordered.", 500), "Why it is accepted.");

    private static readonly Setting<DateOnly> Until = Setting.Required(
        "until", CloudKinds.Date, "The last day.");

    public static Section<AcceptanceModel> Section { get; } = new(
        "A warning of `farspan check` that is known and accepted for a while.",
        [Rule, Where, Reason, Until],
        values => new AcceptanceModel(
            values.Get(Rule), values.Find(Where), values.Get(Reason), values.Get(Until),
            values.Section.Node.Place));
}
