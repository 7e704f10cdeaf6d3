namespace Farspan.Render;

/// <summary>A condition on one metric of Google Cloud: by default a heartbeat that is below 1.</summary>
/// <param name="Name">In Terraform.</param>
/// <param name="Title">What has happened when it goes off.</param>
/// <param name="Metric">Such as <c>router.googleapis.com/bgp/session_up</c>.</param>
/// <param name="ResourceType">Such as <c>gce_router</c>.</param>
/// <param name="Who">The part of the filter that says which one.</param>
internal sealed record GoogleAlert(string Name, string Title, string Metric, string ResourceType, string Who)
{
    private const string Below = "COMPARISON_LT";

    public string Comparison { get; init; } = Below;

    public double Threshold { get; init; } = 1;

    public string Aligner { get; init; } = "ALIGN_MIN";

    public int DurationSeconds { get; init; }

    /// <summary>Whether silence of the metric is a bad sign.</summary>
    public bool IsHeartbeat => Comparison == Below;

    public string Filter => $"metric.type = \"{Metric}\" AND resource.type = \"{ResourceType}\" AND {Who}";
}
