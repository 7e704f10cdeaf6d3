using CsCheck;
using Farspan.Kernel;

namespace Farspan.Calls.Tests;

/// <summary>
/// A crash between any two effects of any run: what the journal then holds is enough to end every contact
/// that Connect may have started, each once.
/// </summary>
public sealed class ContactRecoveryTests
{
    [Fact]
    public void WhereverTheProcessDies_TheNextOneEndsEveryContact_EachOnce() =>
        Gen.ULong.Sample(seed =>
        {
            var run = new Run(seed);
            run.Play();
            for (var crash = 0; crash <= run.Performed.Count; crash++)
            {
                AssertRecovers(run.Performed.Take(crash).ToArray(), seed);
            }
        }, iter: 300);

    private static void AssertRecovers(Performed[] before, ulong seed)
    {
        var connect = new ConnectModel();
        var journal = new ContactJournal();
        foreach (var (effect, hasActed) in before)
        {
            if (effect is ConnectorEffect.WriteJournal write)
            {
                journal.Apply(write.Entry);
            }
            else if (hasActed)
            {
                connect.Perform(effect);
            }
        }

        var after = new Run(seed + 1, connect);
        after.Recover(journal.Open);
        foreach (var (effect, _) in after.Performed)
        {
            if (effect is ConnectorEffect.WriteJournal write)
            {
                journal.Apply(write.Entry);
            }
        }

        Assert.Empty(connect.Alive);
        Assert.All(connect.StopsOf.Values, stops => Assert.Equal(1, stops));
        Assert.Empty(journal.Open);
    }

    private readonly record struct Performed(ConnectorEffect Effect, bool HasActed);

    /// <summary>Starts are idempotent by their token, a contact can be stopped once.</summary>
    private sealed class ConnectModel
    {
        private readonly Dictionary<string, string> _contactOfToken = [];

        public HashSet<string> Alive { get; } = [];

        public Dictionary<string, int> StopsOf { get; } = [];

        /// <returns>False if a stop found nothing to stop.</returns>
        public bool Perform(ConnectorEffect effect)
        {
            if (effect is ConnectorEffect.StartContact start)
            {
                if (_contactOfToken.TryAdd(start.Request.ClientToken, "contact-" + start.Request.ClientToken))
                {
                    Alive.Add(_contactOfToken[start.Request.ClientToken]);
                }

                return true;
            }

            var contact = ((ConnectorEffect.StopContact)effect).ContactId;
            if (!Alive.Remove(contact))
            {
                return false;
            }

            StopsOf[contact] = StopsOf.GetValueOrDefault(contact) + 1;
            return true;
        }
    }

    /// <summary>Calls whose starts and stops succeed, fail, and act although they fail.</summary>
    private sealed class Run
    {
        private static readonly ConnectErrorKind[] Kinds = Enum.GetValues<ConnectErrorKind>();

        private readonly RandomSource _random;
        private readonly ConnectModel _connect;
        private readonly ContactDesk _desk;
        private readonly Outbox<ConnectorEffect> _outbox = new();
        private readonly List<Action> _answers = [];
        private Instant _now;
        private int _failuresLeft;

        public Run(ulong seed, ConnectModel? connect = null)
        {
            _random = new RandomSource(seed);
            _connect = connect ?? new ConnectModel();
            _desk = new ContactDesk(new ContactTimings(), _random);
            _desk.Register("instance", new QuotaGovernor(
                "instance", new QuotaSettings(), new StartRateLimiter(100, 100)));
            _failuresLeft = 6;
        }

        public List<Performed> Performed { get; } = [];

        public void Play()
        {
            for (var call = 0; call < 2; call++)
            {
                var request = DeskHarness.StartRequest with { ClientToken = $"token-{call}" };
                _desk.Request($"call-{call}", request, _now, _outbox);
                Perform();
            }

            for (var step = 0; step < 12; step++)
            {
                Step();
                Perform();
            }

            Finish();
        }

        public void Recover(IEnumerable<OpenContact> open)
        {
            foreach (var contact in open)
            {
                _desk.Recover(contact, _now, _outbox);
                Perform();
            }

            Finish();
            Assert.Equal(0, _desk.OpenContacts);
        }

        private void Step()
        {
            var callId = $"call-{_random.NextInt32(2)}";
            switch (_random.NextInt32(4))
            {
                case 0:
                    _desk.Abandon(callId, _now, _outbox);
                    break;
                case 1:
                    _now += TimeSpan.FromMilliseconds(_random.NextInt32(3_000));
                    _desk.Expire(_now, _outbox);
                    break;
                default:
                    Answer();
                    break;
            }
        }

        private void Finish()
        {
            for (var call = 0; call < 2; call++)
            {
                _desk.Abandon($"call-{call}", _now, _outbox);
                Perform();
            }

            while (_answers.Count > 0 || _desk.Deadline is not null)
            {
                if (_answers.Count > 0)
                {
                    Answer();
                }
                else
                {
                    _now = _desk.Deadline!.Value;
                    _desk.Expire(_now, _outbox);
                }

                Perform();
            }
        }

        private void Answer()
        {
            if (_answers.Count > 0)
            {
                var index = _random.NextInt32(_answers.Count);
                var answer = _answers[index];
                _answers.RemoveAt(index);
                answer();
            }
        }

        private void Perform()
        {
            foreach (var effect in _outbox.Drain())
            {
                switch (effect)
                {
                    case ConnectorEffect.StartContact start:
                        PerformStart(start);
                        break;
                    case ConnectorEffect.StopContact stop:
                        PerformStop(stop);
                        break;
                    case ConnectorEffect.WriteJournal:
                        Performed.Add(new Performed(effect, true));
                        break;
                }
            }

            _desk.Events.Drain();
        }

        private void PerformStart(ConnectorEffect.StartContact start)
        {
            var error = Fault();
            var hasActed = error is null || (error.MayHaveActed && _random.NextInt32(2) == 0);
            Performed.Add(new Performed(start, hasActed && _connect.Perform(start)));
            var contact = ConnectorHarness.Contact("contact-" + start.Request.ClientToken);
            _answers.Add(error is null
                ? () => _desk.CompleteStart(start.IntentId, contact, _now, _outbox)
                : () => _desk.FailStart(start.IntentId, error, _now, _outbox));
        }

        private void PerformStop(ConnectorEffect.StopContact stop)
        {
            var error = Fault();
            var saysGone = error?.Kind
                is ConnectErrorKind.ContactNotFound or ConnectErrorKind.ResourceNotFound;
            error = saysGone ? null : error;
            var hasActed = error is null || (error.MayHaveActed && _random.NextInt32(2) == 0);
            var wasThere = hasActed && _connect.Perform(stop);
            Performed.Add(new Performed(stop, wasThere));
            var answer = error ?? (wasThere ? null : new ConnectError(ConnectErrorKind.ContactNotFound));
            _answers.Add(() => _desk.CompleteStop(stop.IntentId, answer, _now, _outbox));
        }

        // Faults end at some time: a Connect that never answers is another test (the settle limit).
        private ConnectError? Fault() =>
            _failuresLeft > 0 && _random.NextInt32(2) == 0 && _failuresLeft-- > 0
                ? new ConnectError(Kinds[_random.NextInt32(Kinds.Length)])
                : null;
    }
}
