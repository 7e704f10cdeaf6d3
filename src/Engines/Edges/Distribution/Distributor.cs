using System.Diagnostics.CodeAnalysis;
using System.Net;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// Chooses the connector of a call: of two drawn by weight the less loaded one, near ones first, none that is
/// dead, draining or full, and none without quota while another has some.
/// </summary>
/// <remarks>
/// <code>
///  available ─► not ejected ─► with quota ─► preferred region ─► two by weight ─► least load, then latency
///                   └ if none: all        └ if none: other regions; if none: without quota (the call may wait)
/// </code>
/// Two choices suffice to be near the best of all, and unlike the best of all they do not send every edge to
/// the same connector at the same time.
/// </remarks>
public sealed class Distributor(DistributionSettings settings, RandomSource random)
{
    private readonly OrderedDictionary<string, TargetState> _targets = [];
    private readonly List<TargetState> _candidates = [];

    public IReadOnlyList<TargetState> Targets => _targets.Values;

    public TargetState? Find(string name) => _targets.GetValueOrDefault(name);

    /// <summary>The connector that listens there; one that is not known counts for its own calls only.</summary>
    public TargetState FindOrCreate(SipUri address, in SipFlow flow)
    {
        var isAddress = IPAddress.TryParse(address.Host.Trim('[', ']'), out var host);
        var endPoint = new IPEndPoint(isAddress ? host! : flow.Remote.Address, address.Port ?? flow.Remote.Port);
        foreach (var known in _targets.Values)
        {
            if (known.Target.Address.Equals(endPoint))
            {
                return known;
            }
        }

        return new TargetState(
            new ConnectorTarget { Name = $"{endPoint}", Address = endPoint, Transport = flow.Transport }, settings);
    }

    /// <summary>Adds a connector, or changes what is known of it.</summary>
    public TargetState Put(ConnectorTarget target)
    {
        if (_targets.TryGetValue(target.Name, out var known))
        {
            known.Change(target);
            return known;
        }

        var state = new TargetState(target, settings);
        _targets.Add(target.Name, state);
        return state;
    }

    /// <summary>The connector for a call.</summary>
    /// <param name="tried">Those that the call has been offered to.</param>
    /// <param name="region">The region to prefer; null: the settings' own.</param>
    /// <param name="now">The time.</param>
    /// <param name="chosen">The connector.</param>
    /// <returns>False if there is none.</returns>
    public bool TryChoose(
        IReadOnlyCollection<string> tried,
        string? region,
        Instant now,
        [NotNullWhen(true)] out TargetState? chosen)
    {
        _candidates.Clear();
        foreach (var target in _targets.Values)
        {
            if (target.IsAvailable(now) && !tried.Contains(target.Target.Name))
            {
                _candidates.Add(target);
            }
        }

        Narrow(target => !target.IsEjected(now));
        Narrow(target => target.HasQuota);
        if ((region ?? settings.PreferredRegion) is { } preferred)
        {
            Narrow(target => target.Target.Region == preferred);
        }

        chosen = _candidates.Count == 0 ? null : Choose(now);
        return chosen is not null;
    }

    // A wish that nobody fulfils is none.
    private void Narrow(Predicate<TargetState> fits)
    {
        if (_candidates.Exists(fits))
        {
            _candidates.RemoveAll(target => !fits(target));
        }
    }

    private TargetState Choose(Instant now)
    {
        var first = Draw(now);
        if (_candidates.Count == 0)
        {
            return first;
        }

        var second = Draw(now);
        var (one, other) = (first.EffectiveWeight(now), second.EffectiveWeight(now));
        var difference = ((first.EstimatedCalls + 1) / one) - ((second.EstimatedCalls + 1) / other);
        var isClose = Math.Abs(difference) < 1 / Math.Max(one, other);
        return isClose
            ? first.Latency <= second.Latency ? first : second
            : difference < 0 ? first : second;
    }

    /// <summary>Takes one candidate out, each with a probability like its weight.</summary>
    private TargetState Draw(Instant now)
    {
        var place = random.NextDouble() * _candidates.Sum(target => target.EffectiveWeight(now));
        var index = 0;
        while (index < _candidates.Count - 1 && (place -= _candidates[index].EffectiveWeight(now)) >= 0)
        {
            index++;
        }

        var drawn = _candidates[index];
        _candidates.RemoveAt(index);
        return drawn;
    }
}
