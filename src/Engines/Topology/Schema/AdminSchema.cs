using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of <c>admin</c>.</summary>
internal static class AdminSchema
{
    private static readonly Setting<IPEndPoint> Listen = Setting.Defaulting(
        "listen", NetworkKinds.EndPoint, new IPEndPoint(IPAddress.Loopback, 8443),
        "Where the API is served, over HTTPS.");

    private static readonly Setting<string> User = Setting.Defaulting(
        "user", ValueKinds.Identifier("a user name", "admin", "-_.@", 64), "admin", "The user of the API.");

    private static readonly Setting<SecretReference> Password = Setting.Optional(
        "password", ValueKinds.Secret(), "drawn at the first start and shown once", "The user's password.");

    private static readonly Setting<CertificateFilesModel> Certificate = Setting.Optional(
        "tls", CertificateFilesSchema.Section, "a self-signed one, made at the first start",
        "The certificate of the API.");

    private static readonly Setting<IPEndPoint> MetricsListen = Setting.Optional(
        "metricsListen", NetworkKinds.EndPoint, "metrics are served by the API only",
        "Where metrics are served over plain HTTP without a password, for Prometheus.");

    public static Section<AdminModel> Section { get; } = new(
        "The administration API.",
        [Listen, User, Password, Certificate, MetricsListen],
        values => new AdminModel
        {
            Listen = values.Get(Listen),
            User = values.Get(User),
            Password = values.Find(Password),
            Certificate = values.Find(Certificate),
            MetricsListen = values.Find(MetricsListen),
        });
}
