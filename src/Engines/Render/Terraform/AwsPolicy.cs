using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Policy documents of AWS's identity service, as values that become JSON.</summary>
internal static class AwsPolicy
{
    private const string Version = "2012-10-17";

    /// <summary>Who may take a role.</summary>
    public static HclValue Trust(string service) => Document(Hcl.Map(
        ("Effect", "Allow"),
        ("Action", "sts:AssumeRole"),
        ("Principal", Hcl.Map(("Service", service)))));

    public static HclValue Allow(IEnumerable<string> actions, IEnumerable<HclValue> resources) =>
        Document(Statement(actions, resources));

    public static HclValue Document(params IEnumerable<HclValue> statements) => Hcl.Map(
        ("Version", Version),
        ("Statement", Hcl.List(statements)));

    public static HclValue Statement(IEnumerable<string> actions, IEnumerable<HclValue> resources) => Hcl.Map(
        ("Effect", "Allow"),
        ("Action", Hcl.List(actions)),
        ("Resource", Hcl.List(resources)));

    /// <summary>The account keeps the key; the region's log service uses it.</summary>
    public static HclValue LogKey(string awsRegion) => Document(
        Hcl.Map(
            ("Effect", "Allow"),
            ("Principal", Hcl.Map(
                ("AWS", Hcl.Template("arn:aws:iam::${data.aws_caller_identity.current.account_id}:root")))),
            ("Action", "kms:*"),
            ("Resource", "*")),
        Hcl.Map(
            ("Effect", "Allow"),
            ("Principal", Hcl.Map(("Service", $"logs.{awsRegion}.amazonaws.com"))),
            ("Action", Hcl.List(
                "kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")),
            ("Resource", "*")));
}
