namespace Farspan.Topology;

/// <summary>The keys of an instance's <c>quotas</c>; the defaults are AWS's for a new account.</summary>
internal static class ConnectQuotaSchema
{
    private static readonly ScalarKind<int> Count = ValueKinds.Integer(0, 1_000_000, "500");

    public static readonly Setting<int> ConcurrentCalls = Setting.Defaulting(
        "concurrentCalls", Count, 10, "Active calls.");

    public static readonly Setting<double> StartsPerSecond = Setting.Defaulting(
        "startsPerSecond", ValueKinds.Number(0.1, 10_000, "10"), 2, "Sustained rate of StartWebRTCContact.");

    public static readonly Setting<int> StartBurst = Setting.Defaulting(
        "startBurst", Count, 5, "Starts at once after a quiet time.");

    public static readonly Setting<int> Queues = Setting.Defaulting("queues", Count, 50, "Queues.");

    public static readonly Setting<int> Flows = Setting.Defaulting("flows", Count, 100, "Flows.");

    public static readonly Setting<int> Users = Setting.Defaulting("users", Count, 500, "Users.");

    public static readonly Setting<int> PhoneNumbers = Setting.Defaulting(
        "phoneNumbers", Count, 5, "Claimed numbers.");

    public static readonly Setting<int> RoutingProfiles = Setting.Defaulting(
        "routingProfiles", Count, 100, "Routing profiles.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "What AWS Service Quotas grants the instance.",
        ConcurrentCalls, StartsPerSecond, StartBurst, Queues, Flows, Users, PhoneNumbers, RoutingProfiles);
}
