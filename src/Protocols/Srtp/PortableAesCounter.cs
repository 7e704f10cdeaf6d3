using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Farspan.Srtp;

/// <summary>
/// Counter mode over the platform's AES, for processors without AES instructions that we know.
/// </summary>
internal sealed class PortableAesCounter : AesCounter
{
    private const int BlockBytes = 16;
    private const int CounterPosition = 12;

    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _counters = new byte[SrtpLimits.MaxPacketBytes];
    private readonly byte[] _keystream = new byte[SrtpLimits.MaxPacketBytes];

    public PortableAesCounter(ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        aes.Key = key.ToArray();
        _encryptor = aes.CreateEncryptor();
    }

    public override void Apply(Vector128<byte> counter, Span<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        var length = (data.Length + BlockBytes - 1) / BlockBytes * BlockBytes;
        for (var offset = 0; offset < length; offset += BlockBytes)
        {
            counter.CopyTo(_counters, offset);
            var number = _counters.AsSpan(offset + CounterPosition, sizeof(uint));
            var first = BinaryPrimitives.ReadUInt32BigEndian(number);
            BinaryPrimitives.WriteUInt32BigEndian(number, first + (uint)(offset / BlockBytes));
        }

        _encryptor.TransformBlock(_counters, 0, length, _keystream, 0);
        for (var i = 0; i < data.Length; i++)
        {
            data[i] ^= _keystream[i];
        }
    }
}
