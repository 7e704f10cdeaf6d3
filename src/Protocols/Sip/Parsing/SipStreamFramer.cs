using System.Runtime.CompilerServices;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// Cuts a byte stream into messages and keep-alives (RFC 3261 §18.3, RFC 5626 §3.5.1): append what the
/// connection gave, then <see cref="Read"/> until nothing is left.
/// </summary>
/// <remarks>Holds at most one unfinished message of <see cref="SipLimits.MaxMessageBytes"/>; each byte is
/// looked at a
/// fixed number of times however finely the stream is chopped.</remarks>
public sealed class SipStreamFramer(SipKeepAliveRole role)
{
    private const int InitialBytes = 4_096;

    private byte[] _buffer = new byte[InitialBytes];
    private int _start;
    private int _end;

    /// <summary>How many of the waiting bytes are known not to begin the end of a head.</summary>
    private int _searched;

    /// <summary>Length of the message whose head has been read; 0 while that is open.</summary>
    private int _messageLength;
    private bool _isBroken;

    /// <summary>Bytes that wait for the rest of their message.</summary>
    public int PendingBytes => _end - _start;

    private ReadOnlySpan<byte> Pending => _buffer.AsSpan(_start, PendingBytes);

    /// <summary>Adds what was received. Everything read before is then gone.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Invariant.Require(!_isBroken);
        MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes the next item; its bytes are good until the next <see cref="Append"/>.</summary>
    public SipStreamItem Read(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (_isBroken)
        {
            return SipStreamItem.None;
        }

        if (_messageLength == 0)
        {
            if (TryTakeKeepAlive(out var keepAlive))
            {
                return keepAlive;
            }

            if (!TryFindMessageLength(out var headLength))
            {
                return headLength == 0 ? SipStreamItem.None : Break(headLength, out bytes);
            }
        }

        if (_messageLength > PendingBytes)
        {
            return SipStreamItem.None;
        }

        bytes = Take(_messageLength);
        _messageLength = 0;
        _searched = 0;
        return SipStreamItem.Message;
    }

    /// <summary>Takes the line ends that stand before a message. An undecided rest waits.</summary>
    private bool TryTakeKeepAlive(out SipStreamItem item)
    {
        item = SipStreamItem.None;
        while (PendingBytes > 0 && Pending[0] is (byte)'\r' or (byte)'\n')
        {
            if (role == SipKeepAliveRole.AnswersPings && Pending.StartsWith("\r\n\r\n"u8))
            {
                Take(4);
                item = SipStreamItem.Ping;
                return true;
            }

            if (role == SipKeepAliveRole.SendsPings && Pending.StartsWith("\r\n"u8))
            {
                Take(2);
                item = SipStreamItem.Pong;
                return true;
            }

            if ("\r\n\r\n"u8.StartsWith(Pending))
            {
                return true;
            }

            // A stray line end before a message (RFC 3261 §7.5).
            Take(1);
        }

        return false;
    }

    /// <summary>On failure the head's length says whether it is still open (0) or broken.</summary>
    [SkipLocalsInit]
    private bool TryFindMessageLength(out int headLength)
    {
        headLength = 0;
        var end = Pending[_searched..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            _searched = Math.Max(0, PendingBytes - 3);
            headLength = PendingBytes > SipLimits.MaxMessageBytes ? PendingBytes : 0;
            return false;
        }

        headLength = _searched + end + 4;
        Span<SipHeaderField> fields = stackalloc SipHeaderField[SipLimits.MaxHeaderLines];
        var indexer = new SipIndexer(Pending[..headLength], fields);
        indexer.TryIndex(SipFraming.Stream);
        if (indexer.ContentLength is not { } contentLength
            || contentLength > SipLimits.MaxMessageBytes - headLength)
        {
            return false;
        }

        _messageLength = headLength + contentLength;
        return true;
    }

    private SipStreamItem Break(int headLength, out ReadOnlySpan<byte> head)
    {
        head = Take(headLength);
        _isBroken = true;
        return SipStreamItem.Broken;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _buffer.AsSpan(_start, count);
        _start += count;
        return taken;
    }

    private void MakeRoom(int count)
    {
        if (count <= _buffer.Length - _end)
        {
            return;
        }

        var needed = PendingBytes + count;
        var target = needed <= _buffer.Length ? _buffer : new byte[Math.Max(needed, _buffer.Length * 2)];
        var pending = PendingBytes;
        Buffer.BlockCopy(_buffer, _start, target, 0, pending);
        _buffer = target;
        _start = 0;
        _end = pending;
    }
}
