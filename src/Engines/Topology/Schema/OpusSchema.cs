namespace Farspan.Topology;

/// <summary>The keys of <c>media.opus</c>.</summary>
internal static class OpusSchema
{
    private static readonly Setting<int> Complexity = Setting.Defaulting(
        "complexity", ValueKinds.Integer(0, 10, "5"), 5, "Quality against processor time.");

    private static readonly Setting<int> Bitrate = Setting.Optional(
        "bitrate", ValueKinds.Integer(6_000, 128_000, "24000"), "chosen by the carrier's codec",
        "Bits a second.");

    private static readonly Setting<bool> Fec = Setting.Defaulting(
        "fec", ValueKinds.Flag, true, "Whether each packet also carries a coarse copy of the one before.");

    public static Section<OpusModel> Section { get; } = new(
        "How audio for Amazon Connect is encoded (RFC 7587 §6.1).",
        [Complexity, Bitrate, Fec],
        values => new OpusModel(values.Get(Complexity), values.FindNumber(Bitrate), values.Get(Fec)));
}
