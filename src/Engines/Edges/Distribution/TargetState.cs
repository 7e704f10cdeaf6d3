using Farspan.Calls;
using Farspan.Kernel;

namespace Farspan.Edges;

/// <summary>
/// A connector as the edge sees it: what it says of itself, what became of the calls that it was given, and
/// how much it may get now.
/// </summary>
public sealed class TargetState
{
    /// <summary>Each measurement moves the estimate by an eighth, as TCP does (RFC 6298 §2).</summary>
    private const double LatencyGain = 0.125;

    private readonly DistributionSettings _settings;
    private int _startedSince;
    private int _endedSince;
    private int _failuresInRow;
    private int _ejections;
    private Instant? _ejectedUntil;
    private Instant? _refusingUntil;
    private Instant? _returnedAt;

    public TargetState(ConnectorTarget target, DistributionSettings settings)
    {
        Invariant.Require(target.Weight > 0);
        (Target, _settings) = (target, settings);
    }

    public ConnectorTarget Target { get; private set; }

    public TargetHealth Health { get; private set; }

    /// <summary>What it said last; null before.</summary>
    public LoadReport? Load { get; private set; }

    /// <summary>Calls of ours that it has.</summary>
    public int Calls { get; private set; }

    /// <summary>A smoothed round trip of OPTIONS; zero before the first.</summary>
    public TimeSpan Latency { get; private set; }

    /// <summary>Calls that it has, ours and those of other edges, as far as is known.</summary>
    public int EstimatedCalls =>
        Load is null ? Calls : Math.Max(Calls, Load.Calls + _startedSince - _endedSince);

    /// <summary>Whether Amazon Connect would still take a contact from there, as far as is known.</summary>
    public bool HasQuota => Load?.QuotaLeft is not { } left || left > _startedSince;

    /// <summary>Whether it may get a new call, its quota left aside.</summary>
    public bool IsAvailable(Instant now) =>
        !(now < _refusingUntil)
        && Health is TargetHealth.Unknown or TargetHealth.Up
        && (Load is null || (!Load.IsDraining && EstimatedCalls < Load.Capacity));

    /// <summary>Whether it fails so often that others are to be preferred.</summary>
    public bool IsEjected(Instant now) => now < _ejectedUntil;

    /// <summary>Its weight, less while it comes back.</summary>
    public double EffectiveWeight(Instant now)
    {
        if (_returnedAt is not { } returnedAt || now - returnedAt >= _settings.Ramp)
        {
            return Target.Weight;
        }

        var part = Math.Max(0, (now - returnedAt) / _settings.Ramp);
        return Target.Weight * Math.Max(_settings.RampFrom, part);
    }

    /// <summary>Its share or its region were changed by the operator.</summary>
    public void Change(ConnectorTarget target) => Target = target;

    /// <summary>It answered that it takes calls.</summary>
    public void Answered(LoadReport? load, TimeSpan latency, Instant now)
    {
        Return(now);
        Health = TargetHealth.Up;
        _refusingUntil = null;
        Latency = Latency == TimeSpan.Zero ? latency : Latency + (LatencyGain * (latency - Latency));
        Note(load);
    }

    /// <summary>It answered that it takes none.</summary>
    public void Refused(LoadReport? load, TimeSpan? retryAfter, Instant now)
    {
        Health = TargetHealth.Refusing;
        _refusingUntil = retryAfter is { } wait ? now + wait : null;
        Note(load);
    }

    /// <summary>It did not answer.</summary>
    public void FellSilent() =>
        Health = Health == TargetHealth.Dead ? TargetHealth.Dead : TargetHealth.Silent;

    /// <summary>It is gone.</summary>
    /// <returns>True if that is news.</returns>
    public bool Died()
    {
        var isNews = Health != TargetHealth.Dead;
        Health = TargetHealth.Dead;
        return isNews;
    }

    /// <summary>A call is offered to it.</summary>
    public void Started()
    {
        Calls++;
        _startedSince++;
    }

    /// <summary>A call that it was offered, or had, is not with it any more.</summary>
    public void Ended()
    {
        Invariant.Require(Calls > 0);
        Calls--;
        _endedSince++;
    }

    /// <summary>It took a call.</summary>
    public void Succeeded() => (_failuresInRow, _ejections) = (0, 0);

    /// <summary>It failed a call that another may take.</summary>
    public void Failed(TimeSpan? retryAfter, Instant now)
    {
        if (retryAfter is { } wait)
        {
            _refusingUntil = now + wait;
        }

        _failuresInRow++;
        if (_failuresInRow < _settings.EjectAfter)
        {
            return;
        }

        var length = _settings.EjectionFirst * Math.Pow(2, Math.Min(_ejections, 10));
        _ejectedUntil = now + (length < _settings.EjectionMax ? length : _settings.EjectionMax);
        _returnedAt = _ejectedUntil;
        _ejections++;
        _failuresInRow = _settings.EjectAfter - 1;
    }

    private void Return(Instant now)
    {
        if (Health is TargetHealth.Refusing or TargetHealth.Silent or TargetHealth.Dead)
        {
            _returnedAt = now;
        }
    }

    private void Note(LoadReport? load)
    {
        Load = load;
        (_startedSince, _endedSince) = (0, 0);
    }
}
