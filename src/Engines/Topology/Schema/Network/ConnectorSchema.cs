using System.Collections.Immutable;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>
/// The keys of a region's <c>connector</c>, and of <c>connectors</c>, which holds for all of them.
/// </summary>
internal static class ConnectorSchema
{
    private static readonly ScalarKind<int> Instances = ValueKinds.Integer(0, 10_000, "3");

    private static readonly ScalarKind<TimeSpan> Wait =
        DurationKind.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(8));

    public static readonly Setting<string> InstanceType = Setting.Defaulting(
        "instanceType", CloudKinds.MachineType, "c7i.2xlarge", "Of the instances.");

    public static readonly Setting<string> Image = Setting.Defaulting(
        "image", ValueKinds.Text("farspan-connector", 200), "farspan-connector",
        "What instances start from.");

    public static readonly Setting<int> InstancesMin = Setting.Optional(
        "instancesMin", Instances, "what carries all carriers' peak without one zone",
        "Instances at any time.");

    public static readonly Setting<int> InstancesDesired = Setting.Optional(
        "instancesDesired", Instances, "`instancesMin`", "Instances at the start.");

    public static readonly Setting<int> InstancesMax = Setting.Optional(
        "instancesMax", Instances, "twice `instancesMin`", "Instances at most.");

    public static readonly Setting<int> CallsMax = Setting.Defaulting(
        "callsMax", ValueKinds.Integer(1, 100_000, "400"), 400, "Calls of one instance.");

    public static readonly Setting<double> CallsPerSecondMax = Setting.Defaulting(
        "callsPerSecondMax", ValueKinds.Number(0.01, 10_000, "10"), 10, "New calls of one instance.");

    public static readonly Setting<ImmutableArray<SipPort>> SipPorts = Setting.Defaulting(
        "sipPorts", ValueKinds.NonEmptyListOf(CloudKinds.SipPort), [new(SipTransport.Tls, 5061)],
        "Where edges signal to.");

    public static readonly Setting<PortSpan> RtpPorts = Setting.Defaulting(
        "rtpPorts", CloudKinds.Ports, new PortSpan(20_000, 29_999), "Where media is taken.");

    public static readonly Setting<int> HealthPort = Setting.Defaulting(
        "healthPort", ValueKinds.Integer(1, 65_535, "8080"), 8_080, "Where readiness is told.");

    public static readonly Setting<TimeSpan> ScaleOutTime = Setting.Defaulting(
        "scaleOutTime", Wait, TimeSpan.FromMinutes(3), "Until a new instance takes calls.");

    public static readonly Setting<TimeSpan> DrainTimeout = Setting.Defaulting(
        "drainTimeout", Wait, TimeSpan.FromMinutes(15), "How long an instance may finish its calls.");

    public static readonly Setting<TimeSpan> MediaTimeout = Setting.Defaulting(
        "mediaTimeout", Wait, TimeSpan.FromSeconds(30), "Without RTP for this long a call ends.");

    public static readonly Setting<TimeSpan> StartTimeout = Setting.Defaulting(
        "startTimeout", Wait, TimeSpan.FromSeconds(3), "Of StartWebRTCContact.");

    public static readonly Setting<int> StartFailuresMax = Setting.Defaulting(
        "startFailuresMax", ValueKinds.Integer(1, 1_000, "5"), 5,
        "Failed starts in a row after which an instance of Amazon Connect is left alone for a while.");

    public static readonly Setting<bool> RepeatsWithToken = Setting.Defaulting(
        "repeatsWithToken", ValueKinds.Flag, true, "Whether a repeated start carries the same ClientToken.");

    public static readonly Setting<bool> SharesCalls = Setting.Defaulting(
        "sharesCalls", ValueKinds.Flag, true, "Whether another instance can take calls over.");

    public static readonly Setting<bool> HandMade = Setting.Defaulting(
        "handMade", ValueKinds.Flag, false, "Whether instances are started by hand, without a group.");

    public static readonly Setting<ImmutableArray<string>> ConnectRegions = Setting.Optional(
        "connect", ValueKinds.NonEmptyListOf(ValueKinds.ReferenceTo("region")),
        "the region's own, then the fallback's", "Whose instances of Amazon Connect it uses, in order.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The connectors that bridge calls to Amazon Connect, in AWS.",
        InstanceType, Image, InstancesMin, InstancesDesired, InstancesMax, CallsMax, CallsPerSecondMax,
        SipPorts, RtpPorts, HealthPort, ScaleOutTime, DrainTimeout, MediaTimeout, StartTimeout,
        StartFailuresMax, RepeatsWithToken, SharesCalls, HandMade, ConnectRegions);
}
