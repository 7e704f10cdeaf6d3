namespace Farspan.ConnectEmulator;

/// <summary>
/// The faults still to be injected. Of those that match a moment, the one added first strikes.
/// </summary>
public sealed class FaultPlan
{
    private readonly List<Armed<ApiFault>> _api = [];
    private readonly List<Armed<SignalingFault>> _signaling = [];

    public IReadOnlyList<ApiFault> Api =>
        [.. _api.Select(armed => armed.Fault with { Skip = armed.Skip, Times = armed.Times })];

    public IReadOnlyList<SignalingFault> Signaling =>
        [.. _signaling.Select(armed => armed.Fault with { Skip = armed.Skip, Times = armed.Times })];

    /// <summary>
    /// Returns false, and changes nothing, once there are <see cref="EmulatorLimits.Faults"/>.
    /// </summary>
    public bool TryAdd(ApiFault fault) => TryAdd(_api, fault, fault.Skip, fault.Times);

    /// <summary>
    /// Returns false, and changes nothing, once there are <see cref="EmulatorLimits.Faults"/>.
    /// </summary>
    public bool TryAdd(SignalingFault fault) => TryAdd(_signaling, fault, fault.Skip, fault.Times);

    public void Clear()
    {
        _api.Clear();
        _signaling.Clear();
    }

    internal ApiFault? Strike(ConnectOperation operation) =>
        Strike(_api, fault => fault.Operation is null || fault.Operation == operation);

    internal SignalingFault? Strike(SignalingStage stage) =>
        Strike(_signaling, fault => fault.Stage == stage);

    private static bool TryAdd<TFault>(List<Armed<TFault>> armed, TFault fault, int skip, int? times)
    {
        if (armed.Count >= EmulatorLimits.Faults)
        {
            return false;
        }

        armed.Add(new Armed<TFault>(fault) { Skip = skip, Times = times });
        return true;
    }

    private static TFault? Strike<TFault>(List<Armed<TFault>> faults, Predicate<TFault> matches)
        where TFault : class
    {
        foreach (var armed in faults)
        {
            if (!matches(armed.Fault))
            {
                continue;
            }

            if (armed.Skip > 0)
            {
                armed.Skip--;
                continue;
            }

            if (--armed.Times <= 0)
            {
                faults.Remove(armed);
            }

            return armed.Fault;
        }

        return null;
    }

    private sealed class Armed<TFault>(TFault fault)
    {
        public TFault Fault { get; } = fault;

        public int Skip { get; set; }

        public int? Times { get; set; }
    }
}
