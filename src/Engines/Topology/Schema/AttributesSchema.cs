using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>attributes</c>.</summary>
internal static class AttributesSchema
{
    /// <summary>The word for a fact that is not passed on.</summary>
    private const string NotPassedOn = "none";

    private static readonly Setting<string> Calling = Fact("calling", "ani", "the caller's number");

    private static readonly Setting<string> Called = Fact("called", "dnis", "the number called");

    private static readonly Setting<string> Trunk = Fact("trunk", "trunk", "the trunk's name");

    private static readonly Setting<string> SipCallId = Fact("callId", "sipCallId", "the SIP Call-ID");

    private static readonly Setting<string> Hold = Fact(
        "hold", NotPassedOn,
        "whether the carrier has the caller on hold (`true`, `false`), told to Amazon Connect as it changes");

    private static readonly Setting<string> Header = Setting.Required(
        "header", RoutingKinds.HeaderName, "The SIP header.");

    private static readonly Setting<string> Key = Setting.Optional(
        "key", RoutingKinds.AttributeName, "the header's name, other signs as '_'", "The attribute.");

    private static readonly Setting<int> LengthMax = Setting.Defaulting(
        "lengthMax", ValueKinds.Integer(1, 32_000, "256"), 1_024,
        "Characters of the value that are passed on.");

    private static readonly Setting<bool> Updates = Setting.Defaulting(
        "update", ValueKinds.Flag, false,
        "Whether a re-INVITE or UPDATE that carries the header with another value changes the attribute.");

    private static readonly Section<HeaderAttributeModel> HeaderSection = new(
        "A SIP header that becomes an attribute.",
        [Header, Key, LengthMax, Updates],
        values => new HeaderAttributeModel(
            values.Get(Header),
            values.Find(Key) ?? Clean(values.Get(Header)),
            values.Get(LengthMax),
            values.Get(Updates)),
        Header);

    private static readonly Setting<ImmutableArray<HeaderAttributeModel>> Headers = Setting.Defaulting(
        "headers", ValueKinds.ListOf(HeaderSection), [],
        "SIP headers that are passed on, the most important first: where space is short, the last go first.");

    public static Section<AttributesModel> Section { get; } = new(
        "Which facts of a call become attributes of its contact; Amazon Connect takes 32,768 bytes of them.",
        [Calling, Called, Trunk, SipCallId, Hold, Headers],
        Build);

    private static AttributesModel Build(SectionValues values)
    {
        var model = new AttributesModel
        {
            Calling = NameOf(values.Get(Calling)),
            Called = NameOf(values.Get(Called)),
            Trunk = NameOf(values.Get(Trunk)),
            SipCallId = NameOf(values.Get(SipCallId)),
            Hold = NameOf(values.Get(Hold)),
            Headers = values.Get(Headers),
        };
        var names = new[] { model.Calling, model.Called, model.Trunk, model.SipCallId, model.Hold }
            .OfType<string>()
            .Concat(model.Headers.Select(header => header.Key));
        foreach (var name in names.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            values.Report(
                Headers,
                FindingRules.NameTwice,
                $"two facts become the attribute {Reading.Quote(name.Key)}",
                "Give one of them another name.");
        }

        return model;
    }

    private static Setting<string> Fact(string name, string attribute, string what) => Setting.Defaulting(
        name, RoutingKinds.AttributeName, attribute,
        $"The attribute that holds {what}; `{NotPassedOn}`: it is not passed on.");

    private static string? NameOf(string attribute) => attribute == NotPassedOn ? null : attribute;

    private static string Clean(string header) =>
        string.Concat(header.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
