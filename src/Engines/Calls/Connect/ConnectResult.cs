using System.Diagnostics.CodeAnalysis;

namespace Farspan.Calls;

/// <summary>Either what Amazon Connect answered or why there is no answer.</summary>
public sealed record ConnectResult<T>
    where T : class
{
    private ConnectResult(T? value, ConnectError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>Null exactly when <see cref="Error"/> is not.</summary>
    public T? Value { get; }

    public ConnectError? Error { get; }

    public static ConnectResult<T> Succeed(T value) => new(value, null);

    public static ConnectResult<T> Fail(ConnectError error) => new(null, error);

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ConnectError? error)
    {
        value = Value;
        error = Error;
        return value is not null;
    }
}
