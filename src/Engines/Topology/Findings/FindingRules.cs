using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Every rule, in the order of the ids.</summary>
public static class FindingRules
{
    public static readonly FindingRule Unreadable = Error(
        "CFG-001", "The file can be read", "Nothing can be taken from a file that cannot be opened.");

    public static readonly FindingRule NotText = Error(
        "CFG-002", "The file is UTF-8 text", "Other bytes show that the file is damaged or of another kind.");

    public static readonly FindingRule NotYaml = Error(
        "CFG-003", "The file is one YAML document", "From here on it is not clear what was meant.");

    public static readonly FindingRule TooLarge = Error(
        "CFG-004", "The file is of a sane size", "Reading it must not exhaust the memory of the machine.");

    public static readonly FindingRule KeyTwice = Error(
        "CFG-005", "A key is written once", "Of two values one would silently be ignored.");

    public static readonly FindingRule UnknownKey = Error(
        "CFG-006", "Every key is known", "A misspelt key would leave its default in force without a word.");

    public static readonly FindingRule KeyMissing = Error(
        "CFG-007", "What has no default is written", "There is no value that would be right for everybody.");

    public static readonly FindingRule WrongShape = Error(
        "CFG-008", "Values, lists and mappings are where they belong",
        "The value cannot mean anything here.");

    public static readonly FindingRule BadValue = Error(
        "CFG-009", "Values are what their key takes", "The value cannot mean anything here.");

    public static readonly FindingRule UnknownName = Error(
        "CFG-010", "What is referred to exists", "Calls that need it could not be handled.");

    public static readonly FindingRule NameTwice = Error(
        "CFG-011", "Names are unique", "It would not be clear which of the two is meant.");

    public static readonly FindingRule Contradiction = Error(
        "CFG-012", "Values fit together", "Each value is possible, but not both at once.");

    public static readonly FindingRule NoValue = Warning(
        "CFG-013", "A key has a value",
        "A key with nothing behind it counts as absent: its default is in force.");

    public static readonly FindingRule Unreachable = Warning(
        "CFG-014", "Every route can be reached",
        "An earlier route takes every call, so this one never does.");

    public static readonly FindingRule TooMany = Warning(
        "CFG-015", "The list of findings ends somewhere",
        "There are more findings; they appear once these are gone.");

    public static readonly FindingRule KeysInClear = Warning(
        "CFG-016", "Media keys do not cross the network in clear text",
        "Who reads the signalling could listen to the calls (RFC 4568 §8).");

    public static ImmutableArray<FindingRule> All { get; } =
    [
        Unreadable, NotText, NotYaml, TooLarge, KeyTwice, UnknownKey, KeyMissing, WrongShape, BadValue,
        UnknownName, NameTwice, Contradiction, NoValue, Unreachable, TooMany,
        KeysInClear,
    ];

    private static FindingRule Error(string id, string title, string why) =>
        new(id, FindingSeverity.Error, title, why);

    private static FindingRule Warning(string id, string title, string why) =>
        new(id, FindingSeverity.Warning, title, why);
}
