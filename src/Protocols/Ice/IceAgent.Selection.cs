using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice;

// Which pair is used (RFC 8445 §8.1, §12.1), and whether it may still be (RFC 7675).
public sealed partial class IceAgent
{
    /// <summary>A pair worked, or was nominated: is it the one to use?</summary>
    private void Elect(IceCandidatePair pair, Instant now, Outbox<IceEffect> outbox)
    {
        if (_selected is null || _selected == pair || Supersedes(pair, _selected, now))
        {
            Select(pair, now, outbox);
        }

        Nominate(now);
    }

    /// <summary>
    /// Nominated beats working, then rank decides, unless we are about to nominate. A pair that answers
    /// beats one that has been silent, whatever their ranks: the peer may have moved.
    /// </summary>
    private bool Supersedes(IceCandidatePair pair, IceCandidatePair selected, Instant now) =>
        IsSelectedSilent(now)
        || (pair.IsNominated != selected.IsNominated
            ? pair.IsNominated
            : !selected.IsToBeNominated && _checklist.Outranks(pair, selected));

    /// <summary>
    /// True if two consent checks in a row went unanswered, and the peer sent none of its own.
    /// </summary>
    private bool IsSelectedSilent(Instant now) =>
        _selected is { } selected && now - selected.HeardAt > 2.5 * _settings.ConsentInterval;

    private void Select(IceCandidatePair pair, Instant now, Outbox<IceEffect> outbox)
    {
        var isFirst = _selected is null;
        if (_selected != pair)
        {
            _selected?.IsToBeNominated = false;
            _consent.Clear();
            _timers.Start(Timer.Consent, now + IceConsent.Randomise(_settings.ConsentInterval, _random));
        }

        _selected = pair;
        _timers.Start(Timer.ConsentExpiry, pair.RespondedAt + _settings.ConsentTimeout);
        _timers.Stop(Timer.Connect);
        State = pair.IsNominated ? IceState.Completed : IceState.Connected;
        if (pair.IsNominated)
        {
            _checklist.Conclude(pair);
            _timers.Stop(Timer.Nominate);
        }

        Announce(pair, isFirst, outbox);
    }

    private void Announce(IceCandidatePair pair, bool isFirst, Outbox<IceEffect> outbox)
    {
        var selection = Describe(pair);
        if (Selection != selection)
        {
            Selection = selection;
            outbox.Add(new IceEffect.Selected(selection));
        }

        if (isFirst)
        {
            outbox.Add(new IceEffect.Connected());
        }
    }

    private IceSelection Describe(IceCandidatePair pair)
    {
        var mapped = pair.MappedAddress;
        var known = _locals.Find(
            local => local.BaseId == pair.Path.BaseId && local.Candidate.Address == mapped);
        var localKind = known?.Candidate.Kind ?? IceCandidateKind.PeerReflexive;
        return new IceSelection(
            pair.Path.BaseId, mapped, pair.Path.Remote, localKind, pair.Remote.Kind, pair.IsNominated);
    }

    /// <summary>
    /// The selected pair failed or fell silent for good; another that answered within its time takes over.
    /// </summary>
    private bool TryReplaceSelected(Instant now, Outbox<IceEffect> outbox)
    {
        var other = _checklist.FindBestValid(now - _settings.ConsentTimeout);
        if (other is null || other == _selected)
        {
            return false;
        }

        Select(other, now, outbox);
        Nominate(now);
        return true;
    }

    /// <summary>
    /// Regular nomination (RFC 8445 §8.1.1): once no better pair is undecided, or patience ends, the best
    /// pair that works is checked again with USE-CANDIDATE.
    /// </summary>
    private void Nominate(Instant now)
    {
        if (Role != IceRole.Controlling
            || State != IceState.Connected
            || _selected is not { IsToBeNominated: false } best)
        {
            return;
        }

        var anywayAt = _nominateAnywayAt ??= now + _settings.NominationPatience;
        if (now < anywayAt && _checklist.HasUndecidedAbove(best))
        {
            _timers.Start(Timer.Nominate, anywayAt);
            return;
        }

        best.IsToBeNominated = true;
        _checklist.Trigger(best);
    }

    private void AskConsent(Instant now, Outbox<IceEffect> outbox)
    {
        var pair = _selected!;
        var request = CreateRequest(pair, _consent.Next(_random), isNominating: false);
        var bytes = IceMessages.Request(request, _remoteCredentials!.Key);
        outbox.Add(new IceEffect.Transmit(pair.Path.BaseId, pair.Path.Remote, bytes));
        _timers.Start(Timer.Consent, now + IceConsent.Randomise(_settings.ConsentInterval, _random));
    }

    private void TakeConsent(IcePath path, StunMessageView response, Instant now)
    {
        if (response.Class == StunClass.Success
            && path == _selected!.Path
            && response.VerifyIntegrity(_remoteCredentials!.Key))
        {
            _selected.RefreshConsent(now);
            _timers.Start(Timer.ConsentExpiry, now + _settings.ConsentTimeout);
        }
    }
}
