namespace Farspan.Bench;

/// <summary>Runs whole calls through some part of the signalling, in virtual time.</summary>
internal interface ICallRunner
{
    /// <summary>Calls that went all the way, from INVITE to the answer to BYE.</summary>
    long Finished { get; }

    /// <summary>One call, then time passes.</summary>
    /// <param name="number">Another one each time.</param>
    /// <param name="interval">Until the next call: what is left of earlier calls meets its timers.</param>
    void Run(int number, TimeSpan interval);
}
