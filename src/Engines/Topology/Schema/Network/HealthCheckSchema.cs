namespace Farspan.Topology;

/// <summary>The keys of a load balancer's <c>healthCheck</c>.</summary>
internal static class HealthCheckSchema
{
    private static readonly ScalarKind<TimeSpan> Wait =
        DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    private static readonly ScalarKind<int> Count = ValueKinds.Integer(1, 10, "3");

    public static readonly Setting<CloudScope> Scope = Setting.Optional(
        "scope", ValueKinds.Word(("regional", CloudScope.Regional), ("global", CloudScope.Global)),
        "the load balancer's", "It must be the load balancer's.");

    public static readonly Setting<HealthCheckKind> Kind = Setting.Defaulting(
        "kind",
        ValueKinds.Word(
            ("http", HealthCheckKind.Http), ("https", HealthCheckKind.Https), ("tcp", HealthCheckKind.Tcp),
            ("ssl", HealthCheckKind.Ssl), ("grpc", HealthCheckKind.Grpc)),
        HealthCheckKind.Http,
        "What it speaks; only HTTP can say whether the edge is ready.");

    public static readonly Setting<int> Port = Setting.Defaulting(
        "port", ValueKinds.Integer(1, 65_535, "8080"), 8_080, "Where it asks.");

    public static readonly Setting<string> RequestPath = Setting.Defaulting(
        "path", ValueKinds.Text("/readyz", 200), "/readyz", "What it asks for, over HTTP.");

    public static readonly Setting<TimeSpan> Interval = Setting.Defaulting(
        "interval", Wait, TimeSpan.FromSeconds(1), "Between two questions.");

    public static readonly Setting<TimeSpan> Timeout = Setting.Defaulting(
        "timeout", Wait, TimeSpan.FromSeconds(1), "Of one question.");

    public static readonly Setting<int> HealthyThreshold = Setting.Defaulting(
        "healthyThreshold", Count, 2, "Answers that make an instance healthy again.");

    public static readonly Setting<int> UnhealthyThreshold = Setting.Defaulting(
        "unhealthyThreshold", Count, 3, "Unanswered questions that make an instance unhealthy.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "How a load balancer asks its instances.",
        Scope, Kind, Port, RequestPath, Interval, Timeout, HealthyThreshold, UnhealthyThreshold);
}
