using Farspan.Audio;

namespace Farspan.Sdp;

/// <summary>How much audio we put in a packet (RFC 3264 §6.1: the receiver's a=ptime is a wish).</summary>
internal static class PacketTimes
{
    private const double ShortestMilliseconds = 10;
    private const double LongestMilliseconds = 60;
    private const double StepMilliseconds = 10;
    private const double DefaultMilliseconds = 20;

    /// <summary>
    /// The remote side's wish, else ours, within its limit and in lengths that the codec has.
    /// </summary>
    public static TimeSpan Choose(MediaDescription local, MediaDescription remote, AudioCodec codec)
    {
        var wish = (remote.PacketTime ?? local.PacketTime)?.TotalMilliseconds ?? DefaultMilliseconds;
        var limit = remote.MaxPacketTime?.TotalMilliseconds ?? LongestMilliseconds;
        var allowed = Math.Clamp(Math.Min(wish, limit), ShortestMilliseconds, LongestMilliseconds);
        var whole = Math.Floor(allowed / StepMilliseconds) * StepMilliseconds;
        return TimeSpan.FromMilliseconds(codec == AudioCodec.Opus ? ToOpusFrame(whole) : whole);
    }

    // RFC 6716 §2.1.4: one Opus frame lasts 10, 20, 40 or 60 ms here.
    private static double ToOpusFrame(double milliseconds) => milliseconds switch
    {
        < 20 => 10,
        < 40 => 20,
        < 60 => 40,
        _ => 60,
    };
}
