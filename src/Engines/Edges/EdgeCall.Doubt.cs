using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Media;

namespace Farspan.Edges;

/// <content>
/// After a time in which this node did not run, the caller may be another edge's: nothing goes to the carrier before
/// the connector has confirmed the epochs (decision 0015).
/// </content>
public sealed partial class EdgeCall
{
    private const int WithheldMax = 64;

    private readonly Queue<Action<CarrierLeg>> _withheld = new();
    private bool _isDoubtful;
    private long? _question;

    /// <summary>Whether it is not known who has the caller.</summary>
    public bool IsDoubtful => _isDoubtful && !IsClosing;

    /// <summary>We did not run for a while: silent until the connector says that nobody has taken over.</summary>
    public void Doubt(Instant now)
    {
        if (_ports.Anchor is null || State != EdgeCallState.Talking)
        {
            return;
        }

        Report(CallEventKind.Doubtful, ("epochs", $"{Epochs}"));
        _isDoubtful = true;
        Command(new MediaCommand.Hush(MediaId, IsHushed: true));
        AskEpochs(now);
    }

    // An answer that lay unread while we did not run says nothing about now: each question has its number. Without a
    // connector its successor's answer to our INVITE is the confirmation.
    private void AskEpochs(Instant now)
    {
        if (!IsDoubtful)
        {
            return;
        }

        _question = _inner is { State: InnerLegState.Confirmed } inner
            ? inner.Inform([new(Cluster.ClusterHeaders.Epoch, $"{Epochs}")], [], now, Sip)
            : null;
        _timers.Start(Timer.Doubt, now + _ports.Settings.TokenRetry);
    }

    private void CompleteQuestion(InnerLegEvent.InfoAnswered answered, Instant now)
    {
        if (!IsDoubtful || answered.Number != _question)
        {
            return;
        }

        if (answered.StatusCode is >= 200 and < 300)
        {
            Believe(now);
        }
        else if (answered.StatusCode == 412)
        {
            Fence(now);
        }
    }

    // The caller is ours: what waited is done.
    private void Believe(Instant now)
    {
        if (!IsDoubtful)
        {
            return;
        }

        (_isDoubtful, _question) = (false, null);
        _timers.Stop(Timer.Doubt);
        Command(new MediaCommand.Hush(MediaId, IsHushed: false));
        while (_withheld.TryDequeue(out var receive) && _carrier is not null)
        {
            receive(_carrier);
        }

        IssueToken(now);
    }

    private void Withhold(Action<CarrierLeg> receive)
    {
        if (_withheld.Count < WithheldMax)
        {
            _withheld.Enqueue(receive);
        }
    }
}
