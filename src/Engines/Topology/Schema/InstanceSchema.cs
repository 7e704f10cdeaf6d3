namespace Farspan.Topology;

/// <summary>The keys of an Amazon Connect instance.</summary>
internal static class InstanceSchema
{
    private static readonly Setting<string> Name = Setting.Required(
        "name", ValueKinds.Name("instance"), "What routes and metrics call the instance.");

    private static readonly Setting<string> InstanceId = Setting.Required(
        "instanceId", RoutingKinds.Resource("an instance", "instance"), "What AWS calls the instance.");

    private static readonly Setting<string> Region = Setting.Required(
        "region", ValueKinds.Identifier("an AWS region", "us-west-2", "-", 32),
        "The AWS region of the instance.");

    private static readonly Setting<string> ContactFlow = Setting.Optional(
        "contactFlow", RoutingKinds.Resource("a contact flow", "contact-flow"), "each route names one",
        "The contact flow of routes that name none.");

    private static readonly Setting<CredentialsModel> Credentials = Setting.Nested(
        "credentials", CredentialsSchema.Section);

    private static readonly Setting<QuotaModel> Quota = Setting.Nested("quota", QuotaSchema.Section);

    private static readonly Setting<string> Account = Setting.Defaulting(
        "account", ValueKinds.Identifier("an AWS account", "123456789012", "-_.", 64), "default",
        "Instances of the same account and region share one rate of starts, as they do at AWS.");

    private static readonly Setting<Uri> Endpoint = Setting.Optional(
        "endpoint", NetworkKinds.Url, "the region's own",
        "Another address of the Connect API, such as an emulator's.");

    private static readonly Setting<Uri> ParticipantEndpoint = Setting.Optional(
        "participantEndpoint", NetworkKinds.Url, "`endpoint`",
        "Another address of the Connect Participant API.");

    private static readonly Setting<string> TrustedCertificates = Setting.Optional(
        "trustedCertificates", ValueKinds.FilePath("/etc/farspan/emulator.pem"),
        "the authorities of the machine",
        "The authorities to trust instead, as a PEM file.");

    public static Section<InstanceModel> Section { get; } = new(
        "An Amazon Connect instance.",
        [
            Name, InstanceId, Region, ContactFlow, Credentials, Quota, Account, Endpoint, ParticipantEndpoint,
            TrustedCertificates,
        ],
        Build);

    private static InstanceModel Build(SectionValues values)
    {
        var id = values.Get(InstanceId);
        values.Section.Context.Declare("instanceId", id, values.Section);
        return new InstanceModel
        {
            Name = values.Get(Name),
            InstanceId = id,
            Region = values.Get(Region),
            Account = values.Get(Account),
            Endpoint = values.Find(Endpoint),
            ParticipantEndpoint = values.Find(ParticipantEndpoint) ?? values.Find(Endpoint),
            TrustedCertificatesPath = values.Find(TrustedCertificates),
            Credentials = values.Get(Credentials),
            Quota = values.Get(Quota),
            ContactFlowId = values.Find(ContactFlow),
        };
    }
}
