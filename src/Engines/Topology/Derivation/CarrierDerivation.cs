using System.Collections.Immutable;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The carriers, and where they send calls.</summary>
internal static class CarrierDerivation
{
    private const int PriorityStep = 10;
    private const double MeanCallSeconds = 180;
    private const int SipPort = 5_060;
    private const int SipsPort = 5_061;

    public static double PeakCallsPerSecond(Written carrier) =>
        carrier.FindNumber(CarrierSchema.PeakCallsPerSecond)
        ?? Math.Round(carrier.Get(CarrierSchema.PeakCalls) / MeanCallSeconds, 2);

    public static void Add(NetworkPlan plan, NetworkParts parts) =>
        parts.Carriers.AddRange(plan.Written.Carriers.Select(carrier => Make(plan, carrier, parts)));

    private static Carrier Make(NetworkPlan plan, Written carrier, NetworkParts parts)
    {
        var name = carrier.Get(CarrierSchema.Name);
        var targets = TargetsOf(plan, carrier, parts);
        return new Carrier
        {
            Id = $"carrier/{name}",
            Name = name,
            Region = "",
            Origin = carrier.Origin,
            Provider = carrier.Find(CarrierSchema.Provider) ?? name,
            Sources = carrier.Get(CarrierSchema.Sources),
            Targets = targets,
            Probing = ProbingOf(carrier.Inside(CarrierSchema.Probing)),
            InviteTimeout = carrier.Get(CarrierSchema.InviteTimeout),
            PeakCalls = carrier.Get(CarrierSchema.PeakCalls),
            PeakCallsPerSecond = PeakCallsPerSecond(carrier),
            Numbers = carrier.Get(CarrierSchema.Numbers),
            RegionNumbers = carrier.Get(CarrierSchema.RegionNumbers),
            Codecs = [.. carrier.Get(CarrierSchema.Codecs).Distinct()],
            Srtp = carrier.Get(CarrierSchema.Srtp),
            HasMutualTls = carrier.Get(CarrierSchema.MutualTls),
            TlsName = carrier.Find(CarrierSchema.TlsName) ?? CertifiedName(parts, targets),
            CertificateEnd = carrier.FindNumber(CarrierSchema.CertificateEnd),
            SessionTimer = carrier.Get(CarrierSchema.SessionTimers)
                ? carrier.Find(CarrierSchema.SessionTimer)
                : null,
            HasSymmetricResponse = carrier.Get(CarrierSchema.SymmetricResponse),
            UdpMessageBytesMax = carrier.Get(CarrierSchema.UdpMessageMax),
        };
    }

    private static string CertifiedName(NetworkParts parts, ImmutableArray<CarrierTarget> targets) =>
        targets.IsEmpty ? "" : parts.Edges.First(edge => edge.Id == targets[0].Edge).Host;

    private static CarrierProbing ProbingOf(Written probing)
    {
        var interval = probing.Get(CarrierProbingSchema.Interval);
        return new CarrierProbing(
            probing.Get(CarrierProbingSchema.Enabled),
            interval,
            probing.Get(CarrierProbingSchema.Attempts),
            probing.FindNumber(CarrierProbingSchema.RetryInterval) ?? interval,
            probing.Get(CarrierProbingSchema.Timeout));
    }

    private static ImmutableArray<CarrierTarget> TargetsOf(
        NetworkPlan plan, Written carrier, NetworkParts parts)
    {
        if (carrier.FindNumber(CarrierSchema.Targets) is not { } written)
        {
            return
            [
                .. plan.Regions.Select((region, index) => Target(plan, region, index, carrier, null, parts)),
            ];
        }

        var targets = ImmutableArray.CreateBuilder<CarrierTarget>();
        foreach (var (index, target) in written.Index())
        {
            if (plan.Find(target.Get(CarrierTargetSchema.Region)) is { } region)
            {
                targets.Add(Target(plan, region, index, carrier, target, parts));
            }
        }

        return targets.ToImmutable();
    }

    private static CarrierTarget Target(
        NetworkPlan plan, RegionPlan region, int index, Written carrier, Written? target, NetworkParts parts)
    {
        var transport = target?.FindNumber(CarrierTargetSchema.Transport)
            ?? carrier.Get(CarrierSchema.Transports)[0];
        return new CarrierTarget(
            region.Edge,
            region.Name,
            transport,
            target?.Find(CarrierTargetSchema.Host) ?? EdgeDerivation.TargetHostOf(plan, region),
            target?.FindNumber(CarrierTargetSchema.Port) ?? PortOf(region, transport, parts),
            target?.FindNumber(CarrierTargetSchema.Priority) ?? (index + 1) * PriorityStep,
            target?.FindNumber(CarrierTargetSchema.Weight) ?? region.Element.Weight);
    }

    private static int PortOf(RegionPlan region, SipTransport transport, NetworkParts parts)
    {
        var ports = parts.Edges.First(edge => edge.Id == region.Edge).SipPorts;
        return ports.Where(port => port.Transport == transport)
            .Select(port => port.Port)
            .FirstOrDefault(transport == SipTransport.Tls ? SipsPort : SipPort);
    }
}
