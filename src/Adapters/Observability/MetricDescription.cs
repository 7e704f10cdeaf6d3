namespace Farspan.Observability;

/// <summary>A metric as Prometheus sees it: what the reference of metrics is made of.</summary>
/// <param name="Name">Such as <c>farspan_calls_total</c>.</param>
/// <param name="Type">counter, gauge or histogram.</param>
/// <param name="Help">What is counted, and by which labels.</param>
public sealed record MetricDescription(string Name, string Type, string Help);
