using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of hours of operation.</summary>
internal static class HoursSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", CloudKinds.DisplayName, "What queues call them.");

    public static readonly Setting<string> TimeZone = Setting.Defaulting(
        "timeZone", ValueKinds.Identifier("a time zone", "America/New_York", "/_-+", 64), "UTC",
        "As the IANA calls it.");

    public static readonly Setting<ImmutableArray<string>> Days = Setting.Defaulting(
        "days",
        ValueKinds.NonEmptyListOf(ValueKinds.Word(
            ("mon", "MONDAY"), ("tue", "TUESDAY"), ("wed", "WEDNESDAY"), ("thu", "THURSDAY"),
            ("fri", "FRIDAY"), ("sat", "SATURDAY"), ("sun", "SUNDAY"))),
        ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
        "The days.");

    public static readonly Setting<TimeOnly> Open = Setting.Defaulting(
        "open", CloudKinds.TimeOfDay, TimeOnly.MinValue, "From then on.");

    public static readonly Setting<TimeOnly> Close = Setting.Defaulting(
        "close", CloudKinds.TimeOfDay, new TimeOnly(23, 59), "Until then.");

    public static Section<Written> Section { get; } = WrittenSection.WithShorthand(
        Name, "Hours of operation.", Name, TimeZone, Days, Open, Close);
}
