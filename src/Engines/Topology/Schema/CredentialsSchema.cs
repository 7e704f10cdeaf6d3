namespace Farspan.Topology;

/// <summary>The keys of an instance's <c>credentials</c>.</summary>
internal static class CredentialsSchema
{
    private static readonly Setting<CredentialKind> Kind = Setting.Defaulting(
        "kind",
        ValueKinds.Word(
            ("default", CredentialKind.DefaultChain),
            ("environment", CredentialKind.Environment),
            ("profile", CredentialKind.Profile),
            ("webIdentity", CredentialKind.WebIdentity),
            ("container", CredentialKind.Container),
            ("imds", CredentialKind.InstanceMetadata),
            ("assumeRole", CredentialKind.AssumeRole),
            ("static", CredentialKind.Static)),
        CredentialKind.DefaultChain,
        "Where they come from; `default` asks in the order of AWS's own tools.");

    private static readonly Setting<string> Profile = Setting.Optional(
        "profile", ValueKinds.Text("farspan", 128), "none",
        "For `profile`: a profile of the shared credentials and config files.");

    private static readonly Setting<string> RoleArn = Setting.Optional(
        "roleArn", ValueKinds.Text("arn:aws:iam::123456789012:role/farspan", 2_048), "none",
        "For `assumeRole` and `webIdentity`: the role to take.");

    private static readonly Setting<string> SessionName = Setting.Optional(
        "sessionName", ValueKinds.Identifier("a session name", "farspan", "+=,.@-_", 64), "`farspan`",
        "For `assumeRole` and `webIdentity`: what CloudTrail calls the session.");

    private static readonly Setting<string> ExternalId = Setting.Optional(
        "externalId", ValueKinds.Text("c4-42", 1_224), "none",
        "For `assumeRole`: what the role's owner asks for.");

    private static readonly Setting<string> TokenFile = Setting.Optional(
        "tokenFile", ValueKinds.FilePath("/var/run/secrets/token"), "what the environment says",
        "For `webIdentity`: the token.");

    private static readonly Setting<string> AccessKeyId = Setting.Optional(
        "accessKeyId", ValueKinds.Identifier("an access key id", "AKIAIOSFODNN7EXAMPLE", "", 128), "none",
        "For `static`.");

    private static readonly Setting<SecretReference> SecretAccessKey = Setting.Optional(
        "secretAccessKey", ValueKinds.Secret(), "none", "For `static`.");

    private static readonly Setting<SecretReference> SessionToken = Setting.Optional(
        "sessionToken", ValueKinds.Secret(), "none", "For `static`, with temporary keys.");

    private static readonly Setting[] OfSomeKinds =
        [Profile, RoleArn, SessionName, ExternalId, TokenFile, AccessKeyId, SecretAccessKey, SessionToken];

    public static Section<CredentialsModel> Section { get; } = new(
        "The credentials for AWS.", [Kind, .. OfSomeKinds], Build, Kind);

    private static CredentialsModel Build(SectionValues values)
    {
        var kind = values.Get(Kind);
        var allowed = AllowedFor(kind);
        foreach (var setting in OfSomeKinds.Where(values.Has).Except(allowed))
        {
            values.Report(
                setting,
                FindingRules.Contradiction,
                "it has no meaning for this kind",
                "Remove it, or change `kind`.");
        }

        var missing = RequiredFor(kind).Where(setting => !values.Has(setting)).ToArray();
        foreach (var setting in missing)
        {
            values.Report(
                setting, FindingRules.KeyMissing, "this kind needs it",
                $"Add {setting.Name}: {setting.Kind.Example}");
        }

        return missing.Length > 0 ? new CredentialsModel.DefaultChain() : Create(kind, values);
    }

    private static CredentialsModel Create(CredentialKind kind, SectionValues values) => kind switch
    {
        CredentialKind.DefaultChain => new CredentialsModel.DefaultChain(),
        CredentialKind.Environment => new CredentialsModel.EnvironmentVariables(),
        CredentialKind.Profile => new CredentialsModel.Profile(values.Find(Profile)!),
        CredentialKind.WebIdentity => new CredentialsModel.WebIdentity(
            values.Find(TokenFile), values.Find(RoleArn), values.Find(SessionName)),
        CredentialKind.Container => new CredentialsModel.Container(),
        CredentialKind.InstanceMetadata => new CredentialsModel.InstanceMetadata(),
        CredentialKind.AssumeRole => new CredentialsModel.AssumeRole(
            values.Find(RoleArn)!, values.Find(SessionName), values.Find(ExternalId)),
        CredentialKind.Static => new CredentialsModel.Static(
            values.Find(AccessKeyId)!, values.Find(SecretAccessKey)!, values.Find(SessionToken)),
        _ => throw Kernel.Invariant.Unreachable(kind),
    };

    private static Setting[] AllowedFor(CredentialKind kind) => kind switch
    {
        CredentialKind.WebIdentity => [TokenFile, RoleArn, SessionName],
        CredentialKind.AssumeRole => [RoleArn, SessionName, ExternalId],
        CredentialKind.Static => [AccessKeyId, SecretAccessKey, SessionToken],
        _ => RequiredFor(kind),
    };

    private static Setting[] RequiredFor(CredentialKind kind) => kind switch
    {
        CredentialKind.Profile => [Profile],
        CredentialKind.AssumeRole => [RoleArn],
        CredentialKind.Static => [AccessKeyId, SecretAccessKey],
        _ => [],
    };
}
