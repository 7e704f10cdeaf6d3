namespace Farspan.Render;

/// <summary>One alarm on one metric of CloudWatch.</summary>
/// <param name="Name">In Terraform, and the end of its name in CloudWatch.</param>
/// <param name="Text">What has happened when it goes off.</param>
/// <param name="Namespace">Such as <c>AWS/DX</c>.</param>
/// <param name="Metric">Such as <c>VirtualInterfaceBgpStatus</c>.</param>
internal sealed record CloudWatchAlarm(string Name, string Text, string Namespace, string Metric)
{
    public required (string Name, HclValue Value)[] Dimensions { get; init; }

    public string Statistic { get; init; } = "Maximum";

    public string Comparison { get; init; } = "GreaterThanThreshold";

    public double Threshold { get; init; }

    public int PeriodSeconds { get; init; } = 60;

    /// <summary>In a row.</summary>
    public int Periods { get; init; } = 1;

    /// <summary>Whether silence of the metric is a bad sign: a heartbeat's is, an idle counter's is not.</summary>
    public bool MissingIsBad { get; init; }

    /// <summary>The provider's alias; null: the module's own.</summary>
    public string? Provider { get; init; }

    /// <summary>Below this much, for whatever should be there.</summary>
    public CloudWatchAlarm Below(double least) =>
        this with { Comparison = "LessThanThreshold", Threshold = least, Statistic = "Minimum", MissingIsBad = true };

    public void Write(HclBody file, string prefix, HclValue topic) => file
        .Resource("aws_cloudwatch_metric_alarm", Name, resource => resource
            .Set("provider", Provider is { } provider ? Hcl.Reference(provider) : null)
            .Set("alarm_name", prefix + Name.Replace('_', '-'))
            .Set("alarm_description", Text)
            .Set("namespace", Namespace)
            .Set("metric_name", Metric)
            .Set("statistic", Statistic)
            .Set("comparison_operator", Comparison)
            .Set("threshold", Threshold)
            .Set("period", PeriodSeconds)
            .Set("evaluation_periods", Periods)
            .Set("treat_missing_data", MissingIsBad ? "breaching" : "notBreaching")
            .Set("alarm_actions", Hcl.List(topic))
            .Set("ok_actions", Hcl.List(topic))
            .Set("dimensions", Hcl.Map(Dimensions)));
}
