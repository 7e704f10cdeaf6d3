using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of a contact flow.</summary>
internal static class FlowSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", CloudKinds.DisplayName, "The flow's name.");

    public static readonly Setting<string> Kind = Setting.Defaulting(
        "kind",
        ValueKinds.Word(
            ("flow", "CONTACT_FLOW"), ("module", "MODULE"), ("queue", "CUSTOMER_QUEUE"),
            ("customer-whisper", "CUSTOMER_WHISPER"), ("agent-whisper", "AGENT_WHISPER")),
        "CONTACT_FLOW", "What kind of flow.");

    public static readonly Setting<string> File = Setting.Optional(
        "file", ValueKinds.FilePath("flows/inbound.json"), "a small flow is made", "The flow's JSON.");

    public static readonly Setting<string> Hash = Setting.Defaulting(
        "hash", ValueKinds.Text("sha256:8f4e…", 128, 0), "", "Of the content, to compare regions.");

    public static readonly Setting<ImmutableArray<string>> References = Setting.Defaulting(
        "references", ValueKinds.ListOf(ValueKinds.Text("arn:aws:lambda:us-east-1:…", 2_048)), [],
        "ARNs in the content.");

    public static Section<Written> Section { get; } = WrittenSection.WithShorthand(
        Name, "A contact flow or module.", Name, Kind, File, Hash, References);
}
