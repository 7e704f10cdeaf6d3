using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>
/// The outstanding consent checks of the selected pair: each has a transaction id of its own, is never sent
/// again, and its answer counts as long as it is remembered (RFC 7675 §5.1).
/// </summary>
internal sealed class IceConsent
{
    private const int Remembered = 16;

    private readonly StunTransactionId[] _ids = new StunTransactionId[Remembered];
    private int _sent;

    public StunTransactionId Next(RandomSource random)
    {
        var id = StunTransactionId.Create(random);
        _ids[_sent++ % Remembered] = id;
        return id;
    }

    public bool IsOurs(StunTransactionId id) => _ids.AsSpan(0, Math.Min(_sent, Remembered)).Contains(id);

    /// <summary>Another pair is used: answers from the former no longer count.</summary>
    public void Clear() => _sent = 0;

    /// <summary>
    /// The interval, randomised to 0.8 to 1.2 of it so that many sessions do not fall in step.
    /// </summary>
    public static TimeSpan Randomise(TimeSpan interval, RandomSource random) =>
        interval * (0.8 + (0.4 * random.NextDouble()));
}
