using Farspan.Calls;
using Farspan.Observability;
using Farspan.Runtime;
using Farspan.Store;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>Counts and logs what happens to the loop and the journal.</summary>
internal sealed class NodeObserver(ILogger log, LoopMetrics loop, SipMetrics sip, JournalMetrics journal)
    : INodeLoopObserver, IJournalObserver
{
    /// <summary>Under overload one line stands for so many shed messages.</summary>
    private const int ShedPerLine = 1_000;

    private long _shed;
    private bool _isJournalFailing;

    public void InputHandled(TimeSpan waited) => loop.CountInput(waited);

    public void TimersServed(TimeSpan late) => loop.CountTimers(late);

    public void InputShed(ISipInput input)
    {
        sip.CountShed();
        if (Interlocked.Increment(ref _shed) is var shed && shed % ShedPerLine == 1)
        {
            log.Overloaded(shed);
        }
    }

    public void Failed(Exception failure, string activity)
    {
        loop.CountFailure();
        log.LoopDefect(failure, activity);
    }

    public void LoopStalled(TimeSpan gap)
    {
        loop.CountStall();
        log.LoopStalled((long)gap.TotalMilliseconds);
    }

    /// <summary>A media worker stands still, or did.</summary>
    public void MediaStalled(TimeSpan gap, bool isOver)
    {
        if (isOver)
        {
            log.MediaStalled((long)gap.TotalMilliseconds);
        }
        else
        {
            log.MediaStuck((long)gap.TotalMilliseconds);
        }
    }

    public void Committed(int entries, TimeSpan took) => journal.CountCommit(entries, took);

    public void WriteFailed(Exception failure)
    {
        journal.CountFailure();
        if (!_isJournalFailing)
        {
            _isJournalFailing = true;
            log.JournalFailed(failure.Message);
        }
    }

    public void Recovered()
    {
        _isJournalFailing = false;
        log.JournalRecovered();
    }

    public void ActionFailed(Exception failure)
    {
        loop.CountFailure();
        log.JournalDefect(failure);
    }
}
