using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// The keys of a region's <c>connect</c>, and of <c>contactCenters</c>, which holds for all of them.
/// </summary>
internal static class ContactCenterSchema
{
    public static readonly Setting<string> Alias = Setting.Optional(
        "alias", ValueKinds.Identifier("an alias", "contact-centre-east", "-", 62),
        "the cluster's name and the region's", "The first label of its `.my.connect.aws` name.");

    public static readonly Setting<string> InstanceId = Setting.Optional(
        "instanceId", RoutingKinds.Resource("an instance", "instance"), "it is yet to be made",
        "What AWS calls it; nodes need it.");

    public static readonly Setting<string> EntryFlow = Setting.Optional(
        "entryFlow", CloudKinds.DisplayName, "the first of `flows`", "The flow that new calls enter.");

    public static readonly Setting<string> EntryFlowId = Setting.Optional(
        "entryFlowId", RoutingKinds.Resource("a contact flow", "contact-flow"), "it is yet to be made",
        "What AWS calls that flow; nodes need it.");

    public static readonly Setting<ConnectIdentity> Identity = Setting.Defaulting(
        "identity",
        ValueKinds.Word(
            ("saml", ConnectIdentity.Saml), ("managed", ConnectIdentity.Managed),
            ("directory", ConnectIdentity.Directory)),
        ConnectIdentity.Saml, "Who knows the agents.");

    public static readonly Setting<ImmutableArray<Written>> Flows = Setting.Optional(
        "flows", ValueKinds.NonEmptyListOf(FlowSchema.Section), "`inbound`, which puts callers into a queue",
        "Flows and modules.");

    public static readonly Setting<ImmutableArray<Written>> Hours = Setting.Optional(
        "hours", ValueKinds.NonEmptyListOf(HoursSchema.Section), "`always`", "Hours of operation.");

    public static readonly Setting<ImmutableArray<Written>> Queues = Setting.Optional(
        "queues", ValueKinds.NonEmptyListOf(QueueSchema.Section), "`calls`, with all agents", "Queues.");

    public static readonly Setting<ImmutableArray<Written>> RoutingProfiles = Setting.Optional(
        "routingProfiles", ValueKinds.NonEmptyListOf(RoutingProfileSchema.Section),
        "`agents`, with all queues", "Which queues agents serve.");

    public static readonly Setting<ImmutableArray<string>> Functions = Setting.Defaulting(
        "functions", ValueKinds.ListOf(CloudKinds.DisplayName), [],
        "Lambda functions and bots that flows use.");

    public static readonly Setting<Written> Quotas = WrittenSection.Optional(
        "quotas", ConnectQuotaSchema.Section, "see below");

    public static readonly Setting<int> Agents = Setting.Defaulting(
        "agents", ValueKinds.Integer(0, 1_000_000, "200"), 0,
        "Agents who can log in here in the busiest hour; 0: not said.");

    public static readonly Setting<int> Distribution = Setting.Optional(
        "distribution", ValueKinds.Integer(0, 100, "50"), "no Global Resiliency",
        "Percent in the traffic distribution of Global Resiliency.");

    public static readonly Setting<ImmutableArray<string>> PhoneNumbers = Setting.Defaulting(
        "phoneNumbers", ValueKinds.ListOf(CloudKinds.Number), [], "Amazon's own numbers that it claims.");

    public static readonly Setting<int> AttributeBytesMax = Setting.Defaulting(
        "attributeBytesMax", ValueKinds.Integer(0, 1_000_000, "4096"), 4_096,
        "Bytes of attributes of one contact.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "An instance of Amazon Connect.",
        Alias, InstanceId, EntryFlow, EntryFlowId, Identity, Flows, Hours, Queues, RoutingProfiles, Functions,
        Quotas, Agents, Distribution, PhoneNumbers, AttributeBytesMax);
}
