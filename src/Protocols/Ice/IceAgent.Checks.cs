using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice;

// Connectivity checks: the peer's (RFC 8445 §7.3), then ours (§7.2).
public sealed partial class IceAgent
{
    private void Answer(IcePath path, StunMessageView request, Instant now, Outbox<IceEffect> outbox)
    {
        var verdict = _responder.Judge(request, path.Remote, Role);
        if (verdict.SwitchesRole)
        {
            SwitchRole();
        }

        outbox.Add(new IceEffect.Transmit(path.BaseId, path.Remote, verdict.Answer));
        var check = new IceInboundCheck(path, verdict.Priority, verdict.UseCandidate);
        if (verdict.IsAccepted && State != IceState.New)
        {
            Process(check, now, outbox);
        }
        else if (verdict.IsAccepted && _earlyChecks.Count < IceLimits.MaxEarlyChecks)
        {
            _earlyChecks.Add(check);
        }
    }

    private void Process(in IceInboundCheck check, Instant now, Outbox<IceEffect> outbox)
    {
        if ((_checklist.Find(check.Path) ?? AddPeerReflexive(check)) is not { } pair)
        {
            return;
        }

        pair.Hear(now);
        pair.IsNominatedByPeer |= check.UseCandidate && Role == IceRole.Controlled;
        if (!pair.IsValid || (pair != _selected && IsSelectedSilent(now)))
        {
            _checklist.Trigger(pair);
        }
        else if (pair.IsNominatedByPeer && !pair.IsNominated)
        {
            pair.IsNominated = true;
            Elect(pair, now, outbox);
        }
    }

    /// <summary>A check from an address nobody told us about (RFC 8445 §7.3.1.3).</summary>
    private IceCandidatePair? AddPeerReflexive(in IceInboundCheck check)
    {
        var address = check.Path.Remote;
        var remote = FindRemote(address);
        if (remote is null && _remotes.Count < IceLimits.MaxRemoteCandidates)
        {
            var foundation = $"prflx{_remotes.Count}";
            remote = new IceCandidate(IceCandidateKind.PeerReflexive, address, check.Priority, foundation);
            _remotes.Add(remote);
        }

        return remote is null ? null : AddPair(check.Path.BaseId, remote);
    }

    private void SwitchRole()
    {
        Role = Role == IceRole.Controlling ? IceRole.Controlled : IceRole.Controlling;
        _checklist.ChangeRole(Role);
        _timers.Stop(Timer.Nominate);
    }

    private void TakeResponse(IcePath path, StunMessageView response, Instant now, Outbox<IceEffect> outbox)
    {
        if (_consent.IsOurs(response.TransactionId))
        {
            TakeConsent(path, response, now);
            return;
        }

        if (FindCheck(response.TransactionId, out var pair) is not { } check
            || !response.VerifyIntegrity(_remoteCredentials!.Key))
        {
            return;
        }

        Span<StunAttribute> unknown = stackalloc StunAttribute[1];
        if (response.Class == StunClass.Error)
        {
            TakeError(pair, check, response, now, outbox);
        }
        else if (path == pair.Path
            && response.CopyUnknownRequired(unknown) == 0
            && response.TryGetAddress(StunAttribute.XorMappedAddress, out var mapped))
        {
            Succeed(pair, check, mapped, now, outbox);
        }
        else
        {
            // The answer took another way than the question (RFC 8445 §7.2.5.2.1), or makes no sense.
            Fail(pair, now, outbox);
        }
    }

    private void TakeError(
        IceCandidatePair pair,
        IceCheck check,
        StunMessageView response,
        Instant now,
        Outbox<IceEffect> outbox)
    {
        if (!response.TryGetErrorCode(out var code) || code != StunErrorCode.RoleConflict)
        {
            Fail(pair, now, outbox);
            return;
        }

        if (check.Role == Role)
        {
            SwitchRole();
        }

        _checklist.Trigger(pair);
    }

    private void Succeed(
        IceCandidatePair pair,
        IceCheck check,
        TransportAddress mapped,
        Instant now,
        Outbox<IceEffect> outbox)
    {
        pair.Succeed(mapped, now);
        pair.IsNominated |= Role == IceRole.Controlling ? check.IsNominating : pair.IsNominatedByPeer;
        _checklist.TakeSuccess(pair);
        Elect(pair, now, outbox);
    }

    private void Fail(IceCandidatePair pair, Instant now, Outbox<IceEffect> outbox)
    {
        pair.Fail();
        if (pair == _selected)
        {
            TryReplaceSelected(now, outbox);
        }

        Nominate(now);
    }

    private void Retransmit(Instant now, Outbox<IceEffect> outbox)
    {
        foreach (var pair in _checklist.Pairs)
        {
            switch (pair.Expire(now))
            {
                case StunRetransmissionStep.GiveUp when pair == _selected && !IsSelectedSilent(now):
                    // A nomination that nobody answered, while consent is fresh: again.
                    pair.AbandonCheck();
                    Nominate(now);
                    break;
                case StunRetransmissionStep.GiveUp:
                    Fail(pair, now, outbox);
                    break;
                case StunRetransmissionStep.Resend:
                    outbox.Add(new IceEffect.Transmit(pair.Path.BaseId, pair.Path.Remote, pair.Check!.Bytes));
                    break;
            }
        }
    }

    /// <summary>
    /// Sends one check if Ta has passed since the last, and arranges for the next (RFC 8445 §6.1.4.2).
    /// </summary>
    private void SendNextCheck(Instant now, Outbox<IceEffect> outbox)
    {
        if (State == IceState.New || !IsLive)
        {
            return;
        }

        if (_nextCheckAt <= now && _checklist.TryTakeNext(out var pair))
        {
            _nextCheckAt = now + _settings.Ta;
            SendCheck(pair, now, outbox);
        }

        ScheduleCheck();
    }

    private void ScheduleCheck()
    {
        if (_checklist.HasWork)
        {
            _timers.Start(Timer.Pace, _nextCheckAt);
        }
        else
        {
            _timers.Stop(Timer.Pace);
        }
    }

    private void SendCheck(IceCandidatePair pair, Instant now, Outbox<IceEffect> outbox)
    {
        var isNominating = Role == IceRole.Controlling && pair.IsToBeNominated;
        var request = CreateRequest(pair, StunTransactionId.Create(_random), isNominating);
        var check = new IceCheck
        {
            Id = request.Id,
            Bytes = IceMessages.Request(request, _remoteCredentials!.Key),
            Role = Role,
            IsNominating = isNominating,
        };
        var grown = _settings.Ta * _checklist.ActiveCount;
        var rto = grown > _settings.Stun.Rto ? grown : _settings.Stun.Rto;
        pair.Begin(check, StunRetransmission.Start(_settings.Stun, rto, now));
        outbox.Add(new IceEffect.Transmit(pair.Path.BaseId, pair.Path.Remote, check.Bytes));
    }

    private IceRequest CreateRequest(IceCandidatePair pair, StunTransactionId id, bool isNominating) => new(
        id,
        _username,
        IcePriority.AsPeerReflexive(pair.Local.Candidate.Priority),
        Role,
        _tieBreaker,
        isNominating);

    private IceCheck? FindCheck(StunTransactionId id, out IceCandidatePair owner)
    {
        foreach (var pair in _checklist.Pairs)
        {
            if (pair.FindCheck(id) is { } check)
            {
                owner = pair;
                return check;
            }
        }

        owner = null!;
        return null;
    }
}
