namespace Farspan.ConnectEmulator;

/// <summary>A fault to inject into API operations.</summary>
public sealed record ApiFault
{
    /// <summary>The operation; null is every one.</summary>
    public ConnectOperation? Operation { get; init; }

    public ApiFaultEffect Effect { get; init; }

    /// <summary>For <see cref="ApiFaultEffect.Refuse"/>.</summary>
    public int StatusCode { get; init; } = 500;

    /// <summary>For <see cref="ApiFaultEffect.Refuse"/>.</summary>
    public string ErrorType { get; init; } = "InternalServiceException";

    /// <summary>For <see cref="ApiFaultEffect.Refuse"/>.</summary>
    public string Message { get; init; } = "injected";

    /// <summary>For <see cref="ApiFaultEffect.Refuse"/>; null sends no Retry-After.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long the answer is held back, whatever the effect.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests are hit; null is all of them.</summary>
    public int? Times { get; init; }
}
