using System.Net;

namespace Farspan.Topology;

/// <summary>Arithmetic of address ranges (RFC 4632 §3.1).</summary>
public static class Cidr
{
    /// <summary>The network of this length around an address.</summary>
    public static IPNetwork Around(IPAddress address, int prefixLength)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] &= (byte)(0xFF << (8 - Math.Clamp(prefixLength - (8 * i), 0, 8)));
        }

        return new IPNetwork(new IPAddress(bytes), prefixLength);
    }

    /// <summary>
    /// Whether every address of the other one is in this one; equal ranges cover each other.
    /// </summary>
    public static bool Covers(this IPNetwork range, IPNetwork other) =>
        range.PrefixLength <= other.PrefixLength && range.Contains(other.BaseAddress);

    /// <summary>Whether the two have an address in common.</summary>
    public static bool Overlaps(this IPNetwork range, IPNetwork other) =>
        range.Covers(other) || other.Covers(range);

    /// <summary>
    /// The n-th part of this length; false if the range is shorter, or has no part of that number.
    /// </summary>
    public static bool TryTake(this IPNetwork range, int prefixLength, int index, out IPNetwork part)
    {
        part = default;
        var bits = range.BaseAddress.GetAddressBytes().Length * 8;
        var spare = prefixLength - range.PrefixLength;
        if (spare < 0 || prefixLength > bits || index < 0 || (spare < 31 && index >= 1 << spare))
        {
            return false;
        }

        part = new IPNetwork(Add(range.BaseAddress, (UInt128)index << (bits - prefixLength)), prefixLength);
        return true;
    }

    /// <summary>
    /// The n-th address of a range, its base address being the 0th; it may lie beyond the end.
    /// </summary>
    public static IPAddress AddressAt(this IPNetwork range, int index) =>
        Add(range.BaseAddress, (UInt128)index);

    private static IPAddress Add(IPAddress address, UInt128 offset)
    {
        var bytes = address.GetAddressBytes();
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            offset += bytes[i];
            bytes[i] = (byte)(offset & 0xFF);
            offset >>= 8;
        }

        return new IPAddress(bytes);
    }
}
