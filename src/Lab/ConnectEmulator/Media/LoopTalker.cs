using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// A prompt, music, or a built-in agent: plays a loop, frame by frame, from when it is first asked.
/// </summary>
internal class LoopTalker(string? attendeeId, OpusLoop loop, IAudioCodecFactory codecs)
    : Talker(attendeeId, codecs)
{
    private Instant? _begunAt;

    protected OpusLoop Loop { get; set; } = loop;

    public override bool IsTalking(Instant now) => true;

    /// <summary>The packet of a tick; the same for all who hear it then.</summary>
    public virtual ReadOnlySpan<byte> Packet(Instant due)
    {
        _begunAt ??= due;
        return Loop[(due - _begunAt.Value).Ticks / OpusLoop.FrameTime.Ticks];
    }

    protected override void FillMixFrame(Span<short> frame, Instant due)
    {
        if (MixDecoder.Decode(Packet(due), frame) != frame.Length)
        {
            frame.Clear();
        }
    }
}
