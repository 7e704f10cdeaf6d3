using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// What every operation passes first: injected faults, then the rate quota. It also writes down what
/// was called and with which result.
/// </summary>
internal sealed class ApiGate(EmulatorState state)
{
    private readonly TokenBucket[] _buckets =
        [.. Enum.GetValues<ConnectOperation>().Select(_ => new TokenBucket())];

    public ApiReply<T> Pass<T>(
        ConnectOperation operation, Instant now, Outbox<ConnectEffect> outbox, Func<ApiReply<T>> perform)
        where T : class
    {
        var fault = state.Faults.Strike(operation);
        var reply = Answer(operation, fault, now, perform);
        var result = fault?.Effect == ApiFaultEffect.LoseRequest ? "request lost" : reply.Error?.Type ?? "ok";
        var called = new ConnectEvent(ConnectEventKind.OperationCalled) { Value = $"{operation}: {result}" };
        state.Log.Add(called, now, outbox);
        return reply;
    }

    private ApiReply<T> Answer<T>(
        ConnectOperation operation, ApiFault? fault, Instant now, Func<ApiReply<T>> perform)
        where T : class
    {
        var isPerformed = fault?.Effect is null or ApiFaultEffect.Delay or ApiFaultEffect.LoseAnswer;
        var reply = fault switch
        {
            { Effect: ApiFaultEffect.Refuse } => Refusal(fault),
            _ when !isPerformed => new ApiReply<T>(null, null),
            _ when !_buckets[(int)operation].TryTake(state.Settings.Quotas.For(operation), now) =>
                ApiError.Throttled(),
            _ => perform(),
        };
        return reply with
        {
            Delay = fault?.Delay ?? TimeSpan.Zero,
            IsLost = fault?.Effect is ApiFaultEffect.LoseRequest or ApiFaultEffect.LoseAnswer,
        };
    }

    private static ApiError Refusal(ApiFault fault) =>
        new(fault.StatusCode, fault.ErrorType, fault.Message) { RetryAfter = fault.RetryAfter };
}
